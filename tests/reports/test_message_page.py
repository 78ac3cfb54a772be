"""One message's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from calls.models import Call
from flows.models import Flow, FlowRun
from sms.models import DeliveryReceipt, Message
from sms.states import Status
from tests.reports.sent import build_message, build_step

MISMATCH = {
    "gate": "dlt.match",
    "ok": False,
    "code": "dlt.template_mismatch",
    "message": "Not the text of template 1107.",
    "detail": {
        "match": False,
        "problems": [
            {
                "code": "STATIC_MISMATCH",
                "message": "Text differs at character 8.",
                "position": 8,
                "found": "x",
            }
        ],
    },
}


def page_of(client: Client, message: Message, status: int = 200) -> str:
    answer = client.get(f"/reports/sms/{message.sid}/")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_way_of_a_message_is_told_with_times_and_the_carriers_words(account, editor, client_of):
    message = build_message(account)
    at = message.created
    build_step(message, "created", "pending", at + timedelta(seconds=0.2), actor="pipeline")
    build_step(message, "pending", "sent", at + timedelta(seconds=1.2), provider_words="OK id:7")
    build_step(message, "sent", "delivered", at + timedelta(seconds=4), provider_words="DELIVRD")
    page = page_of(client_of(editor), message)
    words = ("Created", "Pending", "+0.2 s", "Sent", "+1.0 s", "OK id:7", "+2.8 s", "DELIVRD")
    position = 0
    for word in words:
        position = page.index(word, position)


def test_a_mismatch_marks_the_character_that_differs(account, viewer, client_of):
    message = build_message(
        account,
        Status.ERROR,
        body="We missx your call.",
        error_code="dlt.template_mismatch",
        error_message="Text differs at character 8.",
        trace=[MISMATCH],
    )
    page = page_of(client_of(viewer), message)
    assert 'We miss<mark class="gap" title="Text differs at character 8.">x</mark> your' in page
    assert "Content does not match template" in page


@pytest.mark.parametrize("position", [0, -5, 10**9, 21, 22, "8", None])
def test_a_strange_position_breaks_nothing(account, viewer, client_of, position):
    detail = {"problems": [{"message": "Here", "position": position, "found": "zz"}]}
    trace = [MISMATCH | {"detail": detail}, {"gate": "x"}, "rubbish", None]
    message = build_message(account, Status.ERROR, trace=trace)
    assert "We missed your call." in page_of(client_of(viewer), message).replace(
        '<mark class="gap" title="Here">', ""
    ).replace("</mark>", "")


def test_one_letter_of_a_word_is_marked_and_the_right_text_offered(account, viewer, client_of):
    problem = {"message": "Differs", "position": 8, "found": "missx", "expected": "missed"}
    detail = {"problems": [problem], "suggestion": "We missed your call."}
    trace = [MISMATCH | {"detail": detail}]
    message = build_message(account, Status.ERROR, body="  We missx your call.\r\n", trace=trace)
    page = page_of(client_of(viewer), message)
    assert 'We miss<mark class="gap" title="Differs">x</mark> your call.' in page
    assert '<p class="msg box">We missed your call.</p>' in page


def test_values_of_variables_are_marked(account, viewer, client_of):
    variables = [{"index": 1, "value": "missed", "start": 3, "end": 9}]
    line = {"gate": "dlt.match", "ok": True, "message": "Fits.", "detail": {"variables": variables}}
    page = page_of(client_of(viewer), build_message(account, trace=[line]))
    assert 'We <mark class="val" title="Variable 1">missed</mark> your' in page


def test_a_viewer_sees_no_whole_number_anywhere(account, viewer, client_of):
    message = build_message(
        account,
        Status.ERROR,
        body="Call +919876543210 back",
        error_code="phone.landline",
        error_message="+919876543210 cannot receive SMS.",
        trace=[{"gate": "recipient", "ok": True, "message": "+919876543210 is a number."}],
    )
    build_step(message, "created", "error", provider_words="bad +919876543210")
    DeliveryReceipt.objects.create(
        gateway="simulator", raw={"to": "+919876543210"}, received=message.created, message=message
    )
    page = page_of(client_of(viewer), message)
    assert "9876543210" not in page
    assert "+91 98•••• 3210" in page


def test_an_editor_sees_the_whole_number_and_the_receipts(account, editor, client_of):
    message = build_message(account)
    DeliveryReceipt.objects.create(
        gateway="simulator", raw={"stat": "DELIVRD"}, received=message.created, message=message
    )
    page = page_of(client_of(editor), message)
    assert "+919876543210" in page
    assert "DELIVRD" in page


@pytest.mark.parametrize("tail", ["", "live/"])
def test_a_message_of_another_account_is_not_found(other_account, admin, client_of, tail):
    message = build_message(other_account)
    assert client_of(admin).get(f"/reports/sms/{message.sid}/{tail}").status_code == 404


def test_a_stranger_is_sent_to_sign_in(account, client):
    assert client.get(f"/reports/sms/{build_message(account).sid}/").status_code == 302


def test_a_message_leads_to_its_call_and_flow(account, viewer, client_of):
    message = build_message(account)
    flow = Flow.objects.create(
        account=account, name="Support", draft={}, draft_hash="x", draft_updated=message.created
    )
    run = FlowRun.objects.create(flow=flow, draft_graph={}, started=message.created)
    call = Call.objects.create(
        account=account, run=run, adapter="simulator", from_number="", started=message.created
    )
    Message.objects.update(call_sid=call.sid, flow_sid=flow.sid, flow_name=flow.name)
    page = page_of(client_of(viewer), message)
    assert f'href="/calls/{call.sid}/"' in page
    assert f'href="/flows/{flow.sid}/"' in page


def test_a_delivery_after_the_message_was_given_up_is_flagged(account, viewer, client_of):
    message = build_message(account)
    build_step(message, "expired", "delivered")
    page = page_of(client_of(viewer), message)
    assert "After it was given up" in page
    assert "Given back before it arrived" in page


def test_a_waiting_message_says_what_it_waits_for(account, viewer, client_of):
    page = page_of(client_of(viewer), build_message(account, Status.SENT))
    assert "delivery receipt." in page
