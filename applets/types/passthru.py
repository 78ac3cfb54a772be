"""Ask the customer's own server where the call goes.

The parameters and the meaning of 200 and 302 are Exotel's Passthru, so servers written for it work
unchanged; a JSON answer is kept as well, which Exotel ignores, and may choose among more than two ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from applets.base import AppletSettings, Exit, Port, PortForEach, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.call_details import as_json, parameters, with_query
from applets.events import Fetched
from applets.expressions import BadExpression
from applets.fields import panel
from applets.instructions import Fetch
from applets.registry import register
from applets.run import RunView
from applets.variables import DIGITS, LONGEST_VALUE, VariableInfo, parse
from core.errors import DomainError
from core.outgoing_request import HeaderNotAllowed, check_header

_OK: Final = 200
_OTHER: Final = 302
_REFUSED: Final = 400
_RESERVED: Final = ("otherwise", "error")

HeaderName = Annotated[str, StringConstraints(max_length=100)]
HeaderValue = Annotated[str, StringConstraints(max_length=2000)]


class Case(BaseModel):
    """One answer the server may give, and its way out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str = Field(
        title=_("Answer"), max_length=40, pattern=r"^(?:[A-Za-z0-9][A-Za-z0-9 _.-]*)?$"
    )
    label: str = Field(default="", title=_("Label"), max_length=60)


class PassthruSettings(AppletSettings):
    url: str = Field(
        default="",
        title=_("Address to ask"),
        description=_("The details of the call are sent along."),
        max_length=2000,
        json_schema_extra=panel("url", required=True, placeholder="https://"),
    )
    method: Literal["GET", "POST"] = Field(
        default="GET",
        title=_("Method"),
        json_schema_extra=panel("segmented", options=[("GET", "GET"), ("POST", "POST")]),
    )
    body: Literal["form", "json"] = Field(
        default="form",
        title=_("Send the details as"),
        json_schema_extra=panel(
            "segmented",
            options=[("form", _("Form")), ("json", _("JSON"))],
            show_when=("method", "POST"),
        ),
    )
    route: Literal["status", "select"] = Field(
        default="status",
        title=_("Go on by"),
        description=_(
            "The status: 200 is “OK”, 302 is “Other”. A choice: “select” in a JSON answer."
        ),
        json_schema_extra=panel(
            "segmented", options=[("status", _("200 or 302")), ("select", _("A choice"))]
        ),
    )
    cases: list[Case] = Field(
        default_factory=list,
        title=_("Answers"),
        description=_("A way out for each value of “select”, or for a status such as 404."),
        max_length=30,
        json_schema_extra=panel("case_list", required=True, show_when=("route", "select")),
    )
    wait: bool = Field(
        default=True,
        title=_("Wait for the answer"),
        description=_("Off: the call goes on at once and the answer is ignored."),
        json_schema_extra=panel("toggle"),
    )
    timeout_seconds: int = Field(
        default=5,
        title=_("Wait at most (seconds)"),
        description=_("For all tries together. The caller hears nothing meanwhile."),
        ge=1,
        le=15,
        json_schema_extra=panel("number", show_when=("wait", True)),
    )
    tries: int = Field(
        default=1,
        title=_("Tries"),
        description=_("Asked again when there is no answer, or a status of 500 and above."),
        ge=1,
        le=5,
        json_schema_extra=panel("number", group="more"),
    )
    last_good: Literal["off", "same_caller", "any_caller"] = Field(
        default="off",
        title=_("When the server fails, use its last good answer"),
        description=_("“To anybody” only if the answer is the same for every caller."),
        json_schema_extra=panel(
            "select",
            options=[
                ("off", _("Never")),
                ("same_caller", _("To this caller")),
                ("any_caller", _("To anybody")),
            ],
            show_when=("wait", True),
            group="more",
        ),
    )
    last_good_minutes: int = Field(
        default=60,
        title=_("At most this old (minutes)"),
        ge=1,
        le=1440,
        json_schema_extra=panel(
            "number", show_when=("last_good", ["same_caller", "any_caller"]), group="more"
        ),
    )
    headers: dict[HeaderName, HeaderValue] = Field(
        default_factory=dict,
        title=_("Headers"),
        description=_("Sent along, such as a key of your server's. May hold variables."),
        max_length=10,
        json_schema_extra=panel("key_value", group="more"),
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
        Port("ok", _("OK (200)"), when=("route", "status")),
        Port("other", _("Other (302)"), when=("route", "status")),
        PortForEach("cases", key="value", when=("route", "select")),
        Port("otherwise", _("Any other answer"), when=("route", "select")),
        Port("error", _("Error or no answer")),
    )
    port_on_failure = "error"
    leaves = (
        VariableInfo("json", _("Your server's answer"), "sample"),
        VariableInfo("text", _("Your server's answer as plain text"), "sample", LONGEST_VALUE),
        VariableInfo("status", _("Status of the answer"), "200", 3, DIGITS),
    )

    def enter(self, settings: PassthruSettings, run: RunView) -> Wait | Exit:
        try:
            url = run.expand_for_url(settings.url, lambda value: quote(value, safe=""))
            headers = tuple((name, run.expand(value)) for name, value in settings.headers.items())
        except DomainError as error:
            return Exit("error", result={"status": 0, "problem": error.code}, note=str(error))
        request, note = _request(settings, run, url, headers)
        detail = {"host": urlsplit(settings.url).hostname or "", "method": settings.method}
        if settings.wait:
            return Wait(request, detail=detail, note=note)
        told = f"{note} Asked without waiting for the answer.".strip()
        port = "ok" if settings.route == "status" else "otherwise"
        return Exit(port, (request,), detail=detail, note=told)

    def resume(self, settings: PassthruSettings, run: RunView, event: Fetched) -> Exit:
        port, note = _way(settings, event)
        result = {
            "status": event.status,
            "json": event.json,
            "text": event.text,
            "problem": event.problem,
        }
        detail = {
            "host": urlsplit(settings.url).hostname or "",
            "method": settings.method,
            "status": event.status,
            "ms": event.milliseconds,
            "problem": event.problem,
        }
        if event.tries > 1:
            detail["tries"] = event.tries
        if event.age_seconds:
            detail["age_seconds"] = event.age_seconds
        return Exit(port, result=result, detail=detail, note=f"{event.note} {note}".strip())

    def longest_silence(self, settings: PassthruSettings) -> int:
        return settings.timeout_seconds if settings.wait else 0

    def issues(self, settings: PassthruSettings) -> Iterator[SettingIssue]:
        yield from _url_issues(settings.url)
        for name, value in settings.headers.items():
            try:
                parse(value)
                check_header(name, "" if "{" in value else value)
            except (BadExpression, HeaderNotAllowed) as error:
                yield SettingIssue("headers", str(error))
        if settings.route == "select":
            yield from _case_issues([case.value for case in settings.cases])


def _way(settings: PassthruSettings, event: Fetched) -> tuple[str, str]:
    """Return the port an answer leads to, and a note where that needs one."""
    if settings.route == "status":
        return ("ok" if event.status == _OK else "other" if event.status == _OTHER else "error"), ""
    known = {case.value for case in settings.cases}
    answer = _selected(event)
    for named in (answer, str(event.status)):
        if event.status and named in known:
            return named, ""
    if not event.status or event.status >= _REFUSED:
        return "error", ""
    if not answer:
        return "otherwise", "The answer has no “select”."
    return "otherwise", f"The answer selects “{answer[:60]}”, which is none of the answers here."


def _selected(event: Fetched) -> str:
    value = event.json.get("select") if isinstance(event.json, dict) else None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def _request(
    settings: PassthruSettings, run: RunView, url: str, headers: tuple[tuple[str, str], ...]
) -> tuple[Fetch, str]:
    """Return the request, and a note of what could not be sent."""
    caller = run.call.from_number if settings.last_good == "same_caller" else ""
    common: dict[str, Any] = {
        "timeout_seconds": settings.timeout_seconds,
        "wait": settings.wait,
        "headers": headers,
        "tries": settings.tries,
    }
    # A withheld number is many callers: what one of them was told is not for the next.
    if settings.last_good == "any_caller" or caller:
        common |= {
            "last_good_minutes": settings.last_good_minutes,
            "last_good_key": f"{caller} {url}",
        }
    if settings.method == "GET":
        return Fetch("GET", with_query(url, parameters(run)), **common), ""
    if settings.body == "json":
        body, note = as_json(run)
        return Fetch("POST", url, body=body, **common), note
    return Fetch("POST", url, tuple(parameters(run).items()), **common), ""


def _url_issues(url: str) -> Iterator[SettingIssue]:
    try:
        parse(url)
    except BadExpression as error:
        yield SettingIssue("url", str(error))
    if url and not url.startswith(("https://", "http://")):
        yield SettingIssue("url", _("Write a whole address that begins with https://."))
    elif url.startswith("http://"):
        yield SettingIssue(
            "url",
            _("Call details travel unencrypted to this address."),
            severity="warning",
            fix=_("Use https://."),
        )


def _case_issues(values: list[str]) -> Iterator[SettingIssue]:
    if "" in values:
        yield SettingIssue("cases", _("An answer is empty."))
    if len(set(values)) != len(values):
        yield SettingIssue("cases", _("One answer is listed twice."))
    if any(value in _RESERVED for value in values):
        yield SettingIssue("cases", _("“otherwise” and “error” are ways out of their own."))
