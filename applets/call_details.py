"""What a customer's server is told of a call: as Exotel's parameters, or as one JSON object.

Servers written for Exotel's Passthru, Connect and Gather read the parameters; the JSON says the same
with types, under our own names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from applets.run import RunView, zone_of

LARGEST_JSON: Final = 64 * 1024

_TIME_FORMAT: Final = "%Y-%m-%d %H:%M:%S"
# What Exotel sends while a call has not ended; its clients expect it.
_NO_END_TIME: Final = "1970-01-01 05:30:00"
_DIAL_WORDS: Final = {"answered": "completed", "no_answer": "no-answer"}
# ITU-T Q.850 causes, with the words Exotel gives them.
_CAUSES: Final = {
    "answered": ("16", "NORMAL_CLEARING"),
    "busy": ("17", "USER_BUSY"),
    "no_answer": ("19", "NO_ANSWER"),
    "failed": ("41", "NORMAL_TEMPORARY_FAILURE"),
}
_DIRECTIONS: Final = {"api": "outbound-dial"}


def parameters(run: RunView, newer: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return what Exotel's Passthru sends, as far as it is known at this point of the call.

    ``newer`` are facts of the telephone that the applet has and the run does not have yet.
    """
    call, facts = run.call, {**run.facts, **(newer or {})}
    known = {
        "CallSid": call.sid,
        "CallFrom": call.from_number,
        "CallTo": call.to_number,
        "CallStatus": _status(run),
        "Direction": _DIRECTIONS.get(run.entry, "incoming"),
        "Created": _started(run),
        "StartTime": _started(run),
        "EndTime": _NO_END_TIME,
        "CallType": str(facts.get("call_type", "call-attempt")),
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
    return {**known, **_of_the_dial(facts), **_of_the_recording(run, facts)}


def _of_the_dial(facts: Mapping[str, Any]) -> dict[str, str]:
    status = str(facts.get("dial_status", ""))
    if not status:
        return {}
    number, seconds = str(facts.get("dial_number", "")), str(facts.get("dial_seconds", 0))
    cause, code = _CAUSES.get(status, ("", ""))
    told = {
        "DialCallStatus": _DIAL_WORDS.get(status, status),
        "DialCallDuration": seconds,
        "DialWhomNumber": number,
        "OutgoingPhoneNumber": str(facts.get("dial_caller_id", "")),
        "Legs[0][Type]": "single",
        "Legs[0][Number]": number,
        "Legs[0][Cause]": cause,
        "Legs[0][CauseCode]": code,
        "Legs[0][OnCallDuration]": seconds,
        "Legs[0][DisconnectedBy]": "Caller" if facts.get("call_type") == "client-hangup" else "",
    }
    kept = ("DialCallStatus", "DialCallDuration", "DialWhomNumber")
    return {name: value for name, value in told.items() if value or name in kept}


def _of_the_recording(run: RunView, facts: Mapping[str, Any]) -> dict[str, str]:
    url = str(facts.get("recording_url", ""))
    if not url:
        return {}
    # Our recordings can be fetched as soon as they are named.
    return {
        "RecordingUrl": url,
        "RecordingAvailableBy": run.local_time().strftime(_TIME_FORMAT),
    }


def _status(run: RunView) -> str:
    return "in-progress" if run.caller_present else "completed"


def _started(run: RunView) -> str:
    if not run.call.started:
        return ""
    started = datetime.fromisoformat(run.call.started)
    return started.astimezone(zone_of(run.call.time_zone)).strftime(_TIME_FORMAT)


def with_query(url: str, values: Mapping[str, str]) -> str:
    """Add parameters to a URL, keeping the query and the fragment it has."""
    address, hash_sign, fragment = url.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(values)}{hash_sign}{fragment}"


def as_json(run: RunView) -> tuple[str, str]:
    """Return the call as a JSON text, and a note of what was too large to be told."""
    told = _object(run)
    text = json.dumps(told, ensure_ascii=False, default=str)
    left_out = []
    for part in ("nodes", "variables"):
        if len(text.encode()) <= LARGEST_JSON:
            break
        told[part] = {}
        left_out.append(part)
        text = json.dumps(told, ensure_ascii=False, default=str)
    note = f"Too large to be sent and left out: {', '.join(left_out)}." if left_out else ""
    return text, note


def _object(run: RunView) -> dict[str, Any]:
    call, facts = run.call, run.facts
    names = {node: name for name, node in run.aliases.items()}
    dial = {
        "status": facts.get("dial_status"),
        "talk_seconds": facts.get("dial_seconds", 0),
        "number": facts.get("dial_number") or None,
    }
    return {
        "call": {
            "sid": call.sid,
            "ref": call.ref,
            "from": call.from_number or None,
            "to": call.to_number or None,
            "entry": run.entry,
            "status": _status(run),
            "type": facts.get("call_type", "call-attempt"),
            "started": call.started or None,
            "time_zone": call.time_zone,
            "dial": dial if facts.get("dial_status") else None,
            "recording_url": facts.get("recording_url") or None,
        },
        "digits": run.variables.get("digits") or None,
        "variables": dict(run.variables),
        "nodes": {names.get(node, node): value for node, value in run.nodes.items()},
        "sms": dict(call.sms) or None,
        "flow": {"id": call.flow},
        "account": {"id": call.account},
        "now": run.now.isoformat(),
    }
