"""Put the caller through."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from applets.base import AppletSettings, Exit, Port, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.events import DialEnded, DialStatus, HungUp
from applets.fields import E164_PATTERN, panel
from applets.instructions import Dial
from applets.registry import register
from applets.run import RunView
from applets.variables import DIGITS, VariableInfo

Number = Annotated[str, StringConstraints(pattern=E164_PATTERN)]

# Carriers place 5 to 10 calls at a time for one caller (vendors' documents).
MOST_NUMBERS: Final = 10


class ConnectSettings(AppletSettings):
    to: list[Number] = Field(
        default_factory=list,
        title=_("Numbers to ring"),
        description=_("With country code, such as +919812345678."),
        max_length=MOST_NUMBERS,
        json_schema_extra=panel("phone_list", required=True),
    )
    strategy: Literal["together", "in_turn"] = Field(
        default="together",
        title=_("Ring them"),
        json_schema_extra=panel(
            "segmented",
            options=[("together", _("All together")), ("in_turn", _("One after another"))],
        ),
    )
    ring_seconds: int = Field(
        default=30,
        title=_("Ring for (seconds)"),
        ge=5,
        le=120,
        json_schema_extra=panel("number"),
    )
    caller_id: Literal["caller", "called"] = Field(
        default="called",
        title=_("Number they see"),
        json_schema_extra=panel(
            "select",
            options=[
                ("called", _("The number that was called")),
                ("caller", _("The caller's number")),
            ],
        ),
    )
    record: bool = Field(
        default=False,
        title=_("Record the conversation"),
        json_schema_extra=panel("toggle"),
    )


@register
class Connect(WaitingApplet[ConnectSettings, DialEnded]):
    """Rings your people and connects the caller with whoever answers."""

    slug = "connect"
    label = _("Connect")
    category = "connect"
    icon = "phone-forwarded"
    summary = "{to}"
    settings_model = ConnectSettings
    awaits = DialEnded
    ports = (
        Port("answered", _("Answered, after the talk")),
        Port("no_answer", _("No answer")),
        Port("busy", _("Busy")),
        Port("failed", _("Failed")),
    )
    needs_caller = True
    leaves = (
        VariableInfo("status", _("How the ringing ended"), "answered", 9, f"{ascii_lowercase}_"),
        VariableInfo("talk_seconds", _("Seconds of talk"), "42", 6, DIGITS),
    )
    # Nobody was spoken to: what is drawn there, such as a missed call alert, is what is wanted.
    port_without_caller = "no_answer"
    port_on_failure = "failed"

    def enter(self, settings: ConnectSettings, run: RunView) -> Wait | Exit:
        if not settings.to:
            return self._leave("failed", 0, "", note=_("There is no number to ring."))
        shown = run.call.from_number if settings.caller_id == "caller" else run.call.to_number
        dial = Dial(
            targets=tuple(settings.to),
            strategy=settings.strategy,
            ring_seconds=settings.ring_seconds,
            caller_id=shown or run.call.to_number,
            record=settings.record,
        )
        return Wait(dial, detail={"targets": len(settings.to)})

    def resume(self, settings: ConnectSettings, run: RunView, event: DialEnded) -> Exit:
        return self._leave(event.status, event.talk_seconds, event.number)

    def caller_left(self, settings: ConnectSettings, run: RunView, event: HungUp) -> Exit:
        """Go on as after a talk when one was going on, else as after ringing in vain."""
        if event.talk_seconds > 0:
            return self._leave("answered", event.talk_seconds, "", call_type="client-hangup")
        return self._leave("no_answer", 0, "", note=_("The caller hung up while it rang."))

    def issues(self, settings: ConnectSettings) -> Iterator[SettingIssue]:
        if len(set(settings.to)) != len(settings.to):
            yield SettingIssue("to", _("One number is listed twice."), severity="warning")

    def _leave(
        self, status: DialStatus, seconds: int, number: str, note: str = "", call_type: str = ""
    ) -> Exit:
        result = {"status": status, "talk_seconds": seconds}
        facts: dict[str, Any] = {
            "dial_status": status,
            "dial_seconds": seconds,
            "dial_number": number,
            "call_type": call_type or ("completed" if status == "answered" else "incomplete"),
        }
        return Exit(status, result=result, facts=facts, detail=result, note=note)
