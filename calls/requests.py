"""Asking a customer's server on behalf of a call (Passthru, Connect)."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from applets.events import Fetched
from applets.instructions import Fetch
from core import http
from core.errors import DomainError
from core.plain import check_plain

logger = logging.getLogger(__name__)

LARGEST_JSON: Final = 16 * 1024
"""Bytes of an answer that are kept with the call: its state is read and written with every
event."""
LARGEST_TEXT: Final = 4 * 1024
LARGEST_HEAD: Final = 2 * 1024
"""Bytes of an answer that the trace shows."""

_HEADERS: Final = {"User-Agent": "Flowbuilder-Passthru/1", "Accept": "application/json, */*;q=0.5"}
_FORM: Final = "application/x-www-form-urlencoded"
_READABLE: Final = ("json", "text/", "xml", "javascript", "urlencoded")
_SERVER_FAILED: Final = 500
_WORTH_ANOTHER_TRY: Final = frozenset(
    {"http.failed", "http.unreachable", "http.timeout", "http.bad_answer"}
)
_PAUSE: Final = 0.2
"""Seconds before another try, more with each."""
_LEAST: Final = 0.2
"""Seconds that must be left for one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as the engine takes it, and its beginning as the trace shows it."""

    fetched: Fetched
    head: str = ""


def perform(fetch: Fetch) -> Asked:
    """Ask, and return the answer, or why there is none. Never raises: the call must go on.

    Asks again, as often as the request says, while the server gives no answer or fails, and while
    there is time.
    """
    started = time.monotonic()
    seconds: float = fetch.timeout_seconds
    tried = 1
    while True:
        asked = _ask(fetch, seconds)
        pause = _PAUSE * tried
        seconds = round(fetch.timeout_seconds - (time.monotonic() - started) - pause, 1)
        if tried >= fetch.tries or seconds < _LEAST or not failed(asked.fetched):
            break
        time.sleep(pause)
        tried += 1
    taken = round((time.monotonic() - started) * 1000)
    return replace(asked, fetched=replace(asked.fetched, milliseconds=taken, tries=tried))


def failed(fetched: Fetched) -> bool:
    """Tell whether the server, not the request, is at fault, so that it may do better later."""
    return fetched.status >= _SERVER_FAILED or fetched.problem in _WORTH_ANOTHER_TRY


def _ask(fetch: Fetch, seconds: float) -> Asked:
    try:
        response = http.fetch(_request(fetch, seconds))
    except DomainError as error:
        return Asked(Fetched(0, problem=error.code, note=str(error)))
    except Exception as error:  # whatever a server or our client does, the caller is waiting
        logger.exception("calls.fetch_failed", extra={"why": type(error).__name__})
        return Asked(Fetched(0, problem="http.failed", note="The server could not be asked."))
    kind = response.headers.get("content-type", "").lower()[:100].replace("\0", "")
    value, note = _json_of(kind, response)
    text = _text_of(response, LARGEST_TEXT).strip() if _is_plain(kind, response.body) else ""
    fetched = Fetched(response.status, value, note=note, text=text, content_type=kind)
    return Asked(fetched, _head_of(kind, response))


def _request(fetch: Fetch, seconds: float) -> http.OutgoingRequest:
    headers, body = dict(_HEADERS), None
    if fetch.method == "POST":
        headers["Content-Type"] = _FORM if fetch.body is None else "application/json"
        body = (urlencode(fetch.form) if fetch.body is None else fetch.body).encode()
    return http.OutgoingRequest(
        fetch.url,
        method=fetch.method,
        headers={**headers, **dict(fetch.headers)},
        body=body,
        timeout_seconds=seconds,
    )


def _json_of(kind: str, response: http.FetchedResponse) -> tuple[Any, str]:
    """Return the body when it says it is JSON, is, and is small enough to be kept; else None and
    why."""
    if "json" not in kind or not response.body:
        return None, ""
    if len(response.body) > LARGEST_JSON:
        return None, f"The answer was not kept: it is larger than {LARGEST_JSON // 1024} KB."
    try:
        value = json.loads(response.body)
    except (ValueError, RecursionError):
        return None, "The answer says it is JSON but cannot be read."
    if fault := check_plain(value):
        return None, f"The answer was not kept: {fault[0] or 'it'} {fault[1]}."
    return value, ""


def _is_plain(kind: str, body: bytes) -> bool:
    """Tell whether a body is a plain text; many servers call one HTML, or nothing at all."""
    known = kind.startswith("text/plain")
    return known or ((kind.startswith("text/html") or not kind) and b"<" not in body)


def _text_of(response: http.FetchedResponse, most: int) -> str:
    """Return the beginning of the body as a text a database can hold."""
    return replace(response, body=response.body[:most]).text.replace("\0", "")


def _head_of(kind: str, response: http.FetchedResponse) -> str:
    if not response.body:
        return ""
    if kind and not any(word in kind for word in _READABLE):
        return f"({len(response.body)} bytes of {kind})"
    head = _text_of(response, LARGEST_HEAD)
    return f"{head}…" if len(response.body) > LARGEST_HEAD else head
