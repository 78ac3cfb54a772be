"""Events reach the customer's server, signed, and again until it has them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Account, Role
from tests.builders import build_account, build_entity, build_header, build_template
from tests.customer_server import HOST, CustomerServer
from webhooks import delivery
from webhooks.models import Delivery, Endpoint
from webhooks.services import enqueue
from webhooks.signing import new_secret, signature

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
HOOK = f"http://{HOST}/hook"
EVENT = "v2.sms.outbound.updated"


def test_the_signature_is_the_one_of_standard_webhooks():
    """The vector of the specification's own libraries."""
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def answer_with(server: CustomerServer, status: int) -> None:
    server.answers["/hook"] = lambda handler: handler.answer(status, {})


def waiting(account: Account, url: str) -> Delivery:
    Endpoint.objects.create(account=account, url=url, event=EVENT, secret=new_secret())
    enqueue(account=account, event=EVENT, payload=lambda: {"sid": "sms1"}, at=NOW)
    return Delivery.objects.get()


def test_an_event_is_posted_once_in_its_envelope_and_signed(
    account: Account, server: CustomerServer
):
    row = waiting(account, HOOK)
    assert delivery.run_once(NOW) == 1
    assert delivery.run_once(NOW) == 0
    ((method, path, headers, raw),) = server.seen
    assert (method, path) == ("POST", "/hook")
    body = json.loads(raw)
    assert (body["id"], body["type"], body["try"]) == (row.sid, EVENT, 0)
    assert body["payload"] == {"sid": "sms1"}
    timestamp = int(headers["webhook-timestamp"])
    expected = signature(row.endpoint.secret, row.sid, timestamp, raw)
    assert headers["webhook-signature"] == expected
    row.refresh_from_db()
    assert row.state == Delivery.State.DELIVERED


def test_a_failing_server_is_asked_again_with_a_higher_try(
    account: Account, server: CustomerServer
):
    answer_with(server, 500)
    row = waiting(account, HOOK)
    delivery.run_once(NOW)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_status) == (Delivery.State.WAITING, 1, 500)
    answer_with(server, 200)
    delivery.run_once(NOW + timedelta(seconds=31))
    assert json.loads(server.seen[-1][3])["try"] == 1
    row.refresh_from_db()
    assert row.state == Delivery.State.DELIVERED


def test_a_server_that_says_gone_is_not_asked_again(account: Account, server: CustomerServer):
    answer_with(server, 410)
    row = waiting(account, HOOK)
    delivery.run_once(NOW)
    row.refresh_from_db()
    assert row.state == Delivery.State.GIVEN_UP


def test_after_the_last_try_it_is_given_up_and_kept(account: Account, server: CustomerServer):
    answer_with(server, 503)
    row = waiting(account, HOOK)
    for hours in range(len(delivery.RETRY_AFTER) + 1):
        delivery.run_once(NOW + timedelta(hours=8 * hours))
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Delivery.State.GIVEN_UP, len(delivery.RETRY_AFTER) + 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1/hook", "ftp://example.com/", "not a url"])
def test_an_address_inside_is_refused(api_of, account: Account, url: str):
    client = api_of(account, Role.ADMIN)
    answer = client.post("/api/v1/webhooks", {"url": url}, content_type="application/json")
    assert answer.status_code == 422
    assert not Endpoint.objects.exists()


def test_a_message_queues_its_events_and_the_secret_is_shown_once(api_of, account: Account):
    client: Client = api_of(account, Role.ADMIN)
    build_template(build_header(build_entity(account)))
    made = client.post(
        "/api/v1/webhooks", {"url": "https://example.com/hook"}, content_type="application/json"
    ).json()
    assert made["secret"].startswith("whsec_")
    client.post("/v2.0/sms", {"to": "+33639981020", "text": "Hello"})
    shown = client.get(f"/api/v1/webhooks/{made['id']}").json()
    assert "secret" not in shown
    assert [row["event"] for row in shown["deliveries"]] == [EVENT]
    payload = Delivery.objects.get().payload
    assert (payload["status"], payload["to"]) == ("created", "+33639981020")


def test_nothing_is_queued_for_another_account(account: Account):
    other = build_account("globex", "Globex")
    Endpoint.objects.create(account=other, url="https://x.example/", event=EVENT, secret="s")
    enqueue(account=account, event=EVENT, payload=dict, at=NOW)
    assert not Delivery.objects.exists()
