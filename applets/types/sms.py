"""Send a text message.

The settings' keys are a contract: exported flows and the guide's field names rest on them.
Source: the SMS applet guide (recipient options, variables, errors that never touch the call).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.expressions import BadExpression, MissingVariable, check, expression
from applets.fields import E164_PATTERN, panel
from applets.message_settings import MessageSettings
from applets.registry import register
from applets.run import RunView
from applets.variables import as_text, has_variables, parse
from core.errors import DomainError


class Recipient(AppletSettings):
    """Whom a message goes to."""

    to: Literal["caller", "called", "number", "dynamic"] = Field(
        default="caller",
        title=_("To"),
        description=_(
            "The caller, the number that was called, a number of yours, or one that a Passthru"
            " answer holds."
        ),
        json_schema_extra=panel(
            "segmented",
            options=[
                ("caller", _("Caller")),
                ("called", _("Called")),
                ("number", _("Number")),
                ("dynamic", _("Dynamic")),
            ],
            required=True,
        ),
    )
    to_number: str = Field(
        default="",
        title=_("Custom number"),
        description=_("With country code, such as +919812345678."),
        pattern=rf"^$|{E164_PATTERN}",
        json_schema_extra=panel("phone", required=True, show_when=("to", "number")),
    )
    to_expression: str = Field(
        default="",
        title=_("Where the number is"),
        description=_("An expression that gives a number, such as nodes.lookup.json.phone."),
        max_length=500,
        json_schema_extra=panel(
            "expression",
            required=True,
            show_when=("to", "dynamic"),
            placeholder="nodes.lookup.json.phone",
        ),
    )


# Pydantic takes the fields of the last base first: the panel asks for the recipient, then the text.
class SmsSettings(MessageSettings, Recipient):
    pass


@register
class Sms(Applet[SmsSettings]):
    """Sends an SMS and goes on at once: the call never waits for it, and its errors never reach
    the call."""

    slug = "sms"
    label = _("SMS")
    category = "message"
    icon = "message-square-text"
    summary = "{body}"
    settings_model = SmsSettings
    ports = (Port("next", _("Next")),)
    port_without_caller = "next"
    port_on_failure = "next"

    def enter(self, settings: SmsSettings, run: RunView) -> Exit:
        to, fault = _recipient(settings, run)
        body = settings.body
        try:
            body = run.expand(settings.body)
        except DomainError as error:
            fault = fault or error
        message = settings.message(to, body, fault)
        return Exit("next", (message,), note=message.problem)

    def issues(self, settings: SmsSettings) -> Iterator[SettingIssue]:
        try:
            parse(settings.body)
        except BadExpression as error:
            yield SettingIssue("body", str(error))
        if settings.to == "dynamic" and settings.to_expression.strip():
            try:
                source = settings.to_expression
                parse(source) if _is_text(source) else check(source)
            except BadExpression as error:
                yield SettingIssue("to_expression", str(error))
        if settings.to == "called":
            yield SettingIssue(
                "to",
                _("This sends the message to your own number, which is rarely meant."),
                severity="warning",
                fix=_("Choose “Caller's number”."),
            )


def _recipient(settings: SmsSettings, run: RunView) -> tuple[str, DomainError | None]:
    """Return whom to send to as text; the pipeline reads and judges the number."""
    if settings.to == "number":
        return settings.to_number, None
    if settings.to == "called":
        return run.call.to_number, None
    if settings.to == "caller":
        known = run.call.from_number
        return known, None if known else MissingVariable(name="{CallFrom}")
    try:
        return _dynamic_recipient(settings.to_expression, run), None
    except DomainError as error:
        return "", error


def _dynamic_recipient(source: str, run: RunView) -> str:
    if _is_text(source):
        return run.expand(source)
    value = as_text(expression(source).find(run.lookup))
    if not value:
        raise MissingVariable(name=source.strip())
    return value


def _is_text(source: str) -> bool:
    """Whether it is a text with variables, such as +91{digits}, rather than one expression."""
    return "`" not in source and has_variables(source)
