"""End the call."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from applets.base import Applet, AppletSettings, End
from applets.base import gettext_noop as _
from applets.fields import panel
from applets.instructions import Hangup as HangupInstruction
from applets.instructions import Reject
from applets.registry import register
from applets.run import RunView


class HangupSettings(AppletSettings):
    reason: Literal["hangup", "busy"] = Field(
        default="hangup",
        title=_("How the call ends"),
        description=_("“Sound busy” refuses a call that is not answered yet: it costs nothing."),
        json_schema_extra=panel(
            "segmented", options=[("hangup", _("Hang up")), ("busy", _("Sound busy"))]
        ),
    )


@register
class Hangup(Applet[HangupSettings]):
    """Ends the call, or refuses it unanswered with a busy tone."""

    slug = "hangup"
    label = _("Hangup")
    category = "end"
    icon = "phone-off"
    settings_model = HangupSettings

    def enter(self, settings: HangupSettings, run: RunView) -> End:
        if not run.caller_present:
            return End(HangupInstruction("flow_ended"), "caller_left", _("The caller had hung up."))
        if settings.reason == "busy" and not run.answered:
            return End(Reject("busy"), "rejected", _("The flow refused the call with a busy tone."))
        return End(HangupInstruction("flow_ended"), "flow_ended", _("The flow hung up."))
