"""The account's numbers, and what is known about any number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent
from calls.models import PhoneNumber
from tests.calls.talking import make_flow, post, read
from tests.flows.drawing import graph, hangup

NUMBER = "+914412345678"


@pytest.fixture
def number(account: Account) -> PhoneNumber:
    return PhoneNumber.objects.create(account=account, e164=NUMBER, label="Main line")


def ring(api: Client, flow: str | None, status: int = 200) -> dict[str, object]:
    answer = api.patch(f"/api/v1/numbers/{NUMBER}", {"flow": flow}, content_type="application/json")
    assert answer.status_code == status, answer.content
    shown: dict[str, object] = answer.json()
    return shown


@pytest.mark.usefixtures("number")
def test_a_number_rings_a_published_flow(api: Client) -> None:
    flow = make_flow(api, graph(hangup("h")))
    assert ring(api, flow, 422)["error"]["code"] == "calls.flow_not_live"  # type: ignore[index]
    post(api, f"flows/{flow}/publish", {})
    shown = {"e164": NUMBER, "label": "Main line", "flow": {"id": flow, "name": "Support line"}}
    assert ring(api, flow) == shown
    assert read(api, "numbers")["numbers"] == [shown]
    assert read(api, f"flows/{flow}")["numbers"] == [NUMBER]
    assert read(api, "flows")["flows"][0]["numbers"] == [NUMBER]
    assert ring(api, None)["flow"] is None
    assert AuditEvent.objects.filter(action="number.flow_chosen").count() == 2


@pytest.mark.usefixtures("number")
def test_numbers_and_flows_of_others_do_not_exist(
    api: Client, api_of: Callable[..., Client], other_account: Account
) -> None:
    stranger = api_of(other_account)
    assert read(stranger, "numbers")["numbers"] == []
    ring(stranger, None, 404)
    ring(api, make_flow(stranger, graph(hangup("h"))), 404)


@pytest.mark.parametrize(
    ("query", "e164"),
    [
        ("number=%2B919876543210", "+919876543210"),
        ("number=+919876543210", "+919876543210"),
        ("number=098765%2043210", "+919876543210"),
        ("number=4155552671&region=US", "+14155552671"),
        ("number=Meera", None),
    ],
)
def test_a_number_is_looked_up(api: Client, query: str, e164: str | None) -> None:
    shown = read(api, f"numbers/lookup?{query}")
    assert shown["e164"] == e164
    assert shown["valid"] == (e164 is not None)
    assert set(shown) == {"valid", "possible", "e164", "type", "country", "location"}


def test_a_lookup_needs_a_number_and_a_country(api: Client) -> None:
    assert read(api, "numbers/lookup", 400)["error"]["code"] == "invalid"
    error = read(api, "numbers/lookup?number=1&region=XX", 422)["error"]
    assert error["code"] == "phone.unknown_region"
