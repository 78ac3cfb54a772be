"""Asking a customer's server on behalf of a call (Passthru)."""

from __future__ import annotations

import json
import logging
import time
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

_HEADERS: Final = {"User-Agent": "Flowbuilder-Passthru/1", "Accept": "application/json, */*;q=0.5"}
_FORM: Final = "application/x-www-form-urlencoded"


def perform(fetch: Fetch) -> Fetched:
    """Ask, and return the answer, or why there is none. Never raises: the call must go on."""
    started = time.monotonic()
    try:
        response = http.fetch(_request(fetch))
    except DomainError as error:
        return Fetched(0, problem=error.code, milliseconds=_since(started), note=str(error))
    except Exception as error:  # whatever a server or our client does, the caller is waiting
        logger.exception("calls.fetch_failed", extra={"why": type(error).__name__})
        note = "The server could not be asked."
        return Fetched(0, problem="http.failed", milliseconds=_since(started), note=note)
    taken = _since(started)
    value, note = _json_of(response)
    return Fetched(response.status, value, milliseconds=taken, note=note)


def _request(fetch: Fetch) -> http.OutgoingRequest:
    if fetch.method == "GET":
        return http.OutgoingRequest(
            fetch.url, headers=_HEADERS, timeout_seconds=fetch.timeout_seconds
        )
    return http.OutgoingRequest(
        fetch.url,
        method="POST",
        headers={**_HEADERS, "Content-Type": _FORM},
        body=urlencode(fetch.form).encode(),
        timeout_seconds=fetch.timeout_seconds,
    )


def _json_of(response: http.FetchedResponse) -> tuple[Any, str]:
    """Return the body when it says it is JSON, is, and is small enough to be kept; else None and
    why."""
    if "json" not in response.headers.get("content-type", "").lower() or not response.body:
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


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
