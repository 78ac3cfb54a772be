"""Write a line into the trace of the call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import Field

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.expressions import BadExpression
from applets.fields import panel
from applets.registry import register
from applets.run import RunView
from applets.variables import parse

_LONGEST: Final = 500


class LogSettings(AppletSettings):
    message: str = Field(
        default="",
        title=_("Message"),
        description=_("May hold variables, such as {CallFrom} or ${{ JSON.stringify(sms) }}."),
        max_length=2000,
        json_schema_extra=panel("expression_text", required=True),
    )


@register
class Log(Applet[LogSettings]):
    """Writes a message into the trace of the call."""

    slug = "log"
    label = _("Log")
    category = "logic"
    icon = "file-text"
    summary = "{message}"
    settings_model = LogSettings
    ports = (Port("next", _("Next")),)
    port_without_caller = "next"
    port_on_failure = "next"

    def enter(self, settings: LogSettings, run: RunView) -> Exit:
        try:
            message, missing = run.speech(settings.message)
        except BadExpression as error:
            return Exit("next", note=str(error))
        message = message[:_LONGEST]
        return Exit("next", detail={"message": message}, note=f"{message} {missing}".strip())

    def issues(self, settings: LogSettings) -> Iterator[SettingIssue]:
        try:
            parse(settings.message)
        except BadExpression as error:
            yield SettingIssue("message", str(error))
