"""Ask the customer's own server where the call goes.

The parameters and the meaning of 200 and 302 are Exotel's Passthru, so servers written for it work
unchanged; a JSON answer is kept as well, which Exotel ignores.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal
from urllib.parse import quote, urlencode, urlsplit

from pydantic import Field

from applets.base import AppletSettings, Exit, Port, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.events import Fetched
from applets.expressions import BadExpression
from applets.fields import panel
from applets.instructions import Fetch
from applets.registry import register
from applets.run import RunView, zone_of
from applets.variables import DIGITS, VariableInfo, parse
from core.errors import DomainError

_TIME_FORMAT: Final = "%Y-%m-%d %H:%M:%S"
# What Exotel sends while a call has not ended; its clients expect it.
_NO_END_TIME: Final = "1970-01-01 05:30:00"
_DIAL_WORDS: Final = {"answered": "completed", "no_answer": "no-answer"}
_OK: Final = 200
_OTHER: Final = 302


class PassthruSettings(AppletSettings):
    url: str = Field(
        default="",
        title=_("Address to ask"),
        description=_(
            "Answer 200 for “OK”, 302 for “Other”. Call details are added as parameters."
        ),
        max_length=2000,
        json_schema_extra=panel("url", required=True, placeholder="https://"),
    )
    method: Literal["GET", "POST"] = Field(
        default="GET",
        title=_("Method"),
        json_schema_extra=panel("segmented", options=[("GET", "GET"), ("POST", "POST")]),
    )
    wait: bool = Field(
        default=True,
        title=_("Wait for the answer"),
        description=_("Off: the call goes on at once through “OK” and the answer is ignored."),
        json_schema_extra=panel("toggle"),
    )
    timeout_seconds: int = Field(
        default=5,
        title=_("Wait at most (seconds)"),
        ge=1,
        le=15,
        json_schema_extra=panel("number", show_when=("wait", True)),
    )


@register
class Passthru(WaitingApplet[PassthruSettings, Fetched]):
    """Sends the call's details to your server and goes on by its answer."""

    slug = "passthru"
    label = _("Passthru")
    category = "logic"
    icon = "webhook"
    summary = "{url}"
    settings_model = PassthruSettings
    awaits = Fetched
    ports = (
        Port("ok", _("OK (200)")),
        Port("other", _("Other (302)")),
        Port("error", _("Error or no answer")),
    )
    port_on_failure = "error"
    leaves = (
        VariableInfo("json", _("Your server's answer"), "sample"),
        VariableInfo("status", _("Status of the answer"), "200", 3, DIGITS),
    )

    def enter(self, settings: PassthruSettings, run: RunView) -> Wait | Exit:
        try:
            url = run.expand_for_url(settings.url, lambda value: quote(value, safe=""))
        except DomainError as error:
            return Exit("error", result={"status": 0, "problem": error.code}, note=str(error))
        request = _request(settings, url, parameters(run))
        detail = {"host": urlsplit(settings.url).hostname or "", "method": settings.method}
        if settings.wait:
            return Wait(request, detail=detail)
        return Exit(
            "ok", (request,), detail=detail, note=_("Asked without waiting for the answer.")
        )

    def resume(self, settings: PassthruSettings, run: RunView, event: Fetched) -> Exit:
        port = "ok" if event.status == _OK else "other" if event.status == _OTHER else "error"
        result = {"status": event.status, "json": event.json, "problem": event.problem}
        detail = {
            "host": urlsplit(settings.url).hostname or "",
            "method": settings.method,
            "status": event.status,
            "ms": event.milliseconds,
            "problem": event.problem,
        }
        return Exit(port, result=result, detail=detail, note=event.note)

    def longest_silence(self, settings: PassthruSettings) -> int:
        return settings.timeout_seconds if settings.wait else 0

    def issues(self, settings: PassthruSettings) -> Iterator[SettingIssue]:
        try:
            parse(settings.url)
        except BadExpression as error:
            yield SettingIssue("url", str(error))
        if settings.url and not settings.url.startswith(("https://", "http://")):
            yield SettingIssue("url", _("Write a whole address that begins with https://."))
        elif settings.url.startswith("http://"):
            yield SettingIssue(
                "url",
                _("Call details travel unencrypted to this address."),
                severity="warning",
                fix=_("Use https://."),
            )


def parameters(run: RunView) -> dict[str, str]:
    """Return what Exotel's Passthru sends, as far as it is known at this point of the call."""
    call = run.call
    known = {
        "CallSid": call.sid,
        "CallFrom": call.from_number,
        "CallTo": call.to_number,
        "CallStatus": "in-progress" if run.caller_present else "completed",
        "Direction": "incoming",
        "Created": _started(run),
        "StartTime": _started(run),
        "EndTime": _NO_END_TIME,
        "CallType": str(run.facts.get("call_type", "call-attempt")),
        "CurrentTime": run.local_time().strftime(_TIME_FORMAT),
        "From": call.from_number,
        "To": call.to_number,
        "flow_id": call.flow,
        "tenant_id": call.account,
        "CallRef": call.ref,
    }
    digits = str(run.variables.get("digits", ""))
    if digits:
        known["digits"] = f'"{digits}"'  # in quotes, as Exotel sends them
    status = str(run.facts.get("dial_status", ""))
    if status:
        known["DialCallStatus"] = _DIAL_WORDS.get(status, status)
        known["DialCallDuration"] = str(run.facts.get("dial_seconds", 0))
        known["DialWhomNumber"] = str(run.facts.get("dial_number", ""))
    return known


def _started(run: RunView) -> str:
    if not run.call.started:
        return ""
    started = datetime.fromisoformat(run.call.started)
    return started.astimezone(zone_of(run.call.time_zone)).strftime(_TIME_FORMAT)


def _request(settings: PassthruSettings, url: str, values: dict[str, str]) -> Fetch:
    form = tuple(values.items())
    if settings.method == "GET":
        url, form = _with_query(url, values), ()
    return Fetch(settings.method, url, form, settings.timeout_seconds, settings.wait)


def _with_query(url: str, values: dict[str, str]) -> str:
    """Add parameters to a URL, keeping the query and the fragment it has."""
    address, hash_sign, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(values)}{hash_sign}{fragment}"
