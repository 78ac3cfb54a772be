"""What expressions find in a call."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from applets.object_fields import FIELDS, OBJECTS
from applets.objects import OBJECTS as READERS
from applets.run import CallFacts, RunView

CALL = CallFacts(
    from_number="+919812345678",
    to_number="+918047123300",
    sid="cal1",
    ref="K7M2Q9XW4T",
    started="2026-01-05T06:00:00+00:00",
    flow="flw1",
    flow_name="Main line",
    sms={"fromNumber": "+919812345678", "bodyText": "STOP"},
)


def run_of(call: CallFacts = CALL, **changes: Any) -> RunView:
    known: dict[str, Any] = {
        "variables": {"digits": "42", "dial": {"ok": True}},
        "nodes": {"n2": {"status": 200, "json": {"name": "Meera"}}, "n3": {"digits": "1"}},
        "aliases": {"lookup": "n2"},
        "facts": {"dial_status": "busy"},
        "entry": "inbound_sms",
        **changes,
    }
    return RunView(call=call, now=datetime(2026, 1, 5, 6, 30, tzinfo=UTC), **known)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("call.fromNumber", "+919812345678"),
        ("call.fromType.match(/MOBILE/)", ["MOBILE"]),
        ("call.fromCountry", "IN"),
        ("call.toType", "FIXED_LINE"),
        ("call.toLocation", "Bangalore, Karnataka"),
        ("call.direction", "inbound"),
        ("call.answered", False),
        ("call.startedAt", "2026-01-05T06:00:00.000Z"),
        ("(now - call.startedAt) / 60000", 30),
        ("now.getHours()", 12),
        ("call.cdr.status", "in-progress"),
        ("call.cdr.dialStatus", "busy"),
        ("call.cdr.durationTotal", 1800),
        ("call.cdr.nothing", None),
        ("sms.fromNumber", "+919812345678"),
        ("sms.bodyText.toUpperCase().startsWith('STOP')", True),
        ("run.id", "inbound-sms:cal1"),
        ("run.type === 'inbound-sms' && run.entry === 'inbound_sms'", True),
        ("flow.sid + ' ' + scenario.name", "flw1 Main line"),
        ("nodes.lookup.json.name", "Meera"),
        ("nodes.n2.status", 200),
        ("http.lookup.name", "Meera"),
        ("http.n3.name", None),
        ("Object.keys(nodes)", ["lookup", "n3"]),
        ("JSON.stringify(nodes.lookup)", '{"status":200,"json":{"name":"Meera"}}'),
        ("digits * 1 + vars.digits * 1", 84),
        ("!$dial?.ok", False),
        ("!$nobody?.ok", True),
        ("$digits", "42"),
        ("nobody.at.all", None),
    ],
)
def test_a_call_is_found(source: str, value: Any) -> None:
    assert run_of().evaluate(source) == value


def test_every_field_that_is_offered_is_there() -> None:
    run = run_of()
    for info in OBJECTS:
        assert info.name in READERS
        found = run.evaluate(info.name)
        if info.name != "sms":  # it holds what came in
            assert set(FIELDS[info.name]) <= set(found) or not info.fields


def test_a_withheld_number_is_no_value_and_no_fault() -> None:
    run = run_of(CallFacts("", "+914412345678", "cal1", "REF"))
    assert run.evaluate("call.fromNumber") is None
    assert run.evaluate("call.cdr.callerRestricted") is True
    assert run.truth("call.fromType.match(/MOBILE/)") is False
    assert run.evaluate("call.fromLocation") == ""


def test_a_text_uses_the_same_expressions() -> None:
    text = "Dear ${{ http.lookup.name ?? 'there' }}, {digits} at ${{ now }}"
    assert run_of().expand(text) == "Dear Meera, 42 at 2026-01-05 12:00"


def test_a_variable_hides_the_object_of_its_name() -> None:
    assert run_of(variables={"flow": "mine"}).evaluate("flow") == "mine"
