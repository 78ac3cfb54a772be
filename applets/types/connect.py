"""Put the caller through: to numbers that are listed, or that the customer's server names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Annotated, Any, Final, Literal, TypeAlias
from urllib.parse import quote, urlsplit

from pydantic import Field, StringConstraints

from applets.base import AppletSettings, Exit, Port, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.call_details import parameters, with_query
from applets.dial_plan import LONGEST_TALK, MOST_NUMBERS, SIP_PATTERN, DialPlan, read_plan
from applets.events import DialEnded, DialStatus, Fetched, HungUp
from applets.expressions import BadExpression
from applets.fields import E164_PATTERN, LANGUAGES, Language, panel
from applets.instructions import Dial, Fetch, Say, Speech
from applets.registry import register
from applets.run import RunView
from applets.variables import DIGITS, VariableInfo, parse
from core.errors import DomainError

Target = Annotated[str, StringConstraints(pattern=rf"(?:{E164_PATTERN})|(?:{SIP_PATTERN})")]
Outcome: TypeAlias = Wait | Exit

_SECONDS_TO_ANSWER: Final = 5
"""What a server has to say whom to ring, as with Exotel."""
_MOST_ATTEMPTS: Final = 5
_VERSION: Final = (("Exotel-Version", "1.0"),)


class ConnectSettings(AppletSettings):
    source: Literal["numbers", "url"] = Field(
        default="numbers",
        title=_("Whom to ring"),
        json_schema_extra=panel(
            "segmented",
            options=[("numbers", _("These numbers")), ("url", _("Your server says"))],
        ),
    )
    to: list[Target] = Field(
        default_factory=list,
        title=_("Numbers to ring"),
        description=_("With country code, such as +919812345678, or a SIP address, sip:…"),
        max_length=MOST_NUMBERS,
        json_schema_extra=panel("phone_list", required=True, show_when=("source", "numbers")),
    )
    url: str = Field(
        default="",
        title=_("Address to ask"),
        description=_("Answers with numbers, or with the JSON of a Programmable Connect."),
        max_length=2000,
        json_schema_extra=panel(
            "url", required=True, placeholder="https://", show_when=("source", "url")
        ),
    )
    fallback_url: str = Field(
        default="",
        title=_("Address to ask when the first fails"),
        max_length=2000,
        json_schema_extra=panel("url", placeholder="https://", show_when=("source", "url")),
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
    caller_id: Literal["caller", "called", "own"] = Field(
        default="called",
        title=_("Number they see"),
        json_schema_extra=panel(
            "select",
            options=[
                ("called", _("The number that was called")),
                ("caller", _("The caller's number")),
                ("own", _("Another number of yours")),
            ],
        ),
    )
    caller_id_number: str = Field(
        default="",
        title=_("Your number"),
        description=_("One of the account's numbers."),
        pattern=rf"^$|{E164_PATTERN}",
        max_length=16,
        json_schema_extra=panel("phone", required=True, show_when=("caller_id", "own")),
    )
    record: bool = Field(
        default=False,
        title=_("Record the conversation"),
        json_schema_extra=panel("toggle"),
    )
    whisper: str = Field(
        default="",
        title=_("Say to the one who answers"),
        description=_("Only they hear it, before the talk begins."),
        max_length=500,
        json_schema_extra=panel("textarea", group="more"),
    )
    whisper_language: Language = Field(
        default="en-IN",
        title=_("Language of it"),
        json_schema_extra=panel("select", options=LANGUAGES, group="more"),
    )
    talk_limit_seconds: int = Field(
        default=0,
        title=_("End the talk after (seconds)"),
        description=_("0: never."),
        ge=0,
        le=LONGEST_TALK,
        json_schema_extra=panel("number", group="more"),
    )


@register
class Connect(WaitingApplet[ConnectSettings, DialEnded | Fetched]):
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
        VariableInfo("number", _("Who answered"), "+919812345678", 250),
        VariableInfo(
            "recording_url", _("Address of the recording"), "https://example.com/t.wav", 500
        ),
    )
    # Nobody was spoken to: what is drawn there, such as a missed call alert, is what is wanted.
    port_without_caller = "no_answer"
    port_on_failure = "failed"

    def enter(self, settings: ConnectSettings, run: RunView) -> Outcome:
        if settings.source == "url":
            return self._ask(settings, run, settings.url, {"at": "url", "attempt": 1})
        if not settings.to:
            return self._leave(run, "failed", note=_("There is no number to ring."))
        return self._ring(settings, run, DialPlan(tuple(settings.to)), {})

    def resume(
        self, settings: ConnectSettings, run: RunView, event: DialEnded | Fetched
    ) -> Outcome:
        if isinstance(event, Fetched):
            return self._told(settings, run, event)
        attempt = int(run.memory.get("attempt", 0))
        if run.memory.get("again") and event.status != "answered" and attempt < _MOST_ATTEMPTS:
            memory = {"at": "url", "attempt": attempt + 1}
            return self._ask(settings, run, settings.url, memory, _facts(run, event))
        return self._leave(run, event.status, event)

    def caller_left(self, settings: ConnectSettings, run: RunView, event: HungUp) -> Exit:
        """Go on as after a talk when one was going on, else as after ringing in vain."""
        if event.talk_seconds > 0:
            ended = DialEnded("answered", event.talk_seconds)
            return self._leave(run, "answered", ended, call_type="client-hangup")
        return self._leave(run, "no_answer", note=_("The caller hung up while it rang."))

    def longest_silence(self, settings: ConnectSettings) -> int:
        asked = 1 + bool(settings.fallback_url) if settings.source == "url" else 0
        return asked * _SECONDS_TO_ANSWER

    def issues(self, settings: ConnectSettings) -> Iterator[SettingIssue]:
        if len(set(settings.to)) != len(settings.to):
            yield SettingIssue("to", _("One number is listed twice."), severity="warning")
        if settings.source == "url":
            for setting in ("url", "fallback_url"):
                yield from _url_issues(setting, getattr(settings, setting))
        try:
            parse(settings.whisper)
        except BadExpression as error:
            yield SettingIssue("whisper", str(error))

    # --- asking whom to ring ----------------------------------------------------------------------

    def _ask(
        self,
        settings: ConnectSettings,
        run: RunView,
        url: str,
        memory: dict[str, Any],
        newer: Mapping[str, Any] | None = None,
    ) -> Outcome:
        try:
            address = run.expand_for_url(url, lambda value: quote(value, safe=""))
        except DomainError as error:
            return self._leave(run, "failed", note=str(error))
        fetch = Fetch(
            "GET",
            with_query(address, parameters(run, newer)),
            timeout_seconds=_SECONDS_TO_ANSWER,
            headers=_VERSION,
        )
        return Wait(fetch, memory=memory, detail={"host": urlsplit(url).hostname or ""})

    def _told(self, settings: ConnectSettings, run: RunView, answer: Fetched) -> Outcome:
        if not run.caller_present:
            return self._leave(run, "no_answer", note=_("The caller hung up before it rang."))
        plan = read_plan(answer, run.call.region)
        if plan is None:
            note = answer.note or f"The server answered {answer.status}, and no numbers."
            if run.memory.get("at") == "url" and settings.fallback_url:
                memory = {**run.memory, "at": "fallback"}
                asked = self._ask(settings, run, settings.fallback_url, memory)
                return _noted(asked, f"{note} The other address was asked.")
            return self._leave(run, "failed", note=note)
        if not plan.numbers:
            return self._leave(
                run, "failed", note=f"{plan.note} The server named nobody to ring.".strip()
            )
        memory = {"attempt": int(run.memory.get("attempt", 1)), "again": plan.again}
        return self._ring(settings, run, plan, memory)

    # --- ringing ----------------------------------------------------------------------------------

    def _ring(
        self, settings: ConnectSettings, run: RunView, plan: DialPlan, memory: dict[str, Any]
    ) -> Wait:
        whisper, note = _whisper(settings, run)
        together = settings.strategy == "together" if plan.together is None else plan.together
        shown = {
            "caller": run.call.from_number,
            "called": run.call.to_number,
            "own": settings.caller_id_number,
        }[settings.caller_id]
        dial = Dial(
            targets=plan.numbers,
            strategy="together" if together else "in_turn",
            ring_seconds=plan.ring_seconds or settings.ring_seconds,
            caller_id=plan.caller_id or shown or run.call.to_number,
            record=settings.record if plan.record is None else plan.record,
            time_limit_seconds=plan.talk_seconds or settings.talk_limit_seconds,
            whisper=plan.whisper or whisper,
        )
        detail = {"targets": len(plan.numbers)}
        if int(memory.get("attempt", 1)) > 1:
            detail["attempts"] = int(memory["attempt"])
        memory = {**memory, "at": "dial", "caller_id": dial.caller_id}
        return Wait(dial, memory=memory, detail=detail, note=f"{plan.note} {note}".strip())

    def _leave(
        self,
        run: RunView,
        status: DialStatus,
        ended: DialEnded | None = None,
        *,
        note: str = "",
        call_type: str = "",
    ) -> Exit:
        ended = ended or DialEnded(status)
        result = {
            "status": status,
            "talk_seconds": ended.talk_seconds,
            "number": ended.number,
            "recording_url": ended.recording_url,
        }
        facts = _facts(run, ended)
        if call_type:
            facts["call_type"] = call_type
        detail = {name: value for name, value in result.items() if value != ""}
        return Exit(status, result=result, facts=facts, detail=detail, note=note)


def _facts(run: RunView, ended: DialEnded) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "dial_status": ended.status,
        "dial_seconds": ended.talk_seconds,
        "dial_number": ended.number,
        "dial_caller_id": str(run.memory.get("caller_id", "")),
        "call_type": "completed" if ended.status == "answered" else "incomplete",
    }
    if ended.recording_url:
        facts["recording_url"] = ended.recording_url
    return facts


def _whisper(settings: ConnectSettings, run: RunView) -> tuple[Speech | None, str]:
    if not settings.whisper.strip():
        return None, ""
    text, note = run.speech(settings.whisper)
    return (Say(text, settings.whisper_language) if text.strip() else None), note


def _noted(outcome: Outcome, note: str) -> Outcome:
    told = f"{note} {outcome.note}".strip()
    if isinstance(outcome, Wait):
        return Wait(outcome.ask, outcome.before, outcome.memory, outcome.detail, told)
    return Exit(
        outcome.port, result=outcome.result, facts=outcome.facts, detail=outcome.detail, note=told
    )


def _url_issues(setting: str, url: str) -> Iterator[SettingIssue]:
    try:
        parse(url)
    except BadExpression as error:
        yield SettingIssue(setting, str(error))
    if url and not url.startswith(("https://", "http://")):
        yield SettingIssue(setting, _("Write a whole address that begins with https://."))
    elif url.startswith("http://"):
        yield SettingIssue(
            setting,
            _("Call details travel unencrypted to this address."),
            severity="warning",
            fix=_("Use https://."),
        )
