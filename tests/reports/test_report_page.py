"""The SMS report as its readers see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sms.models import Message
from sms.states import Status
from tests.reports.sent import build_message

URL = "/reports/sms/"


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_viewer_sees_the_report_with_masked_numbers(account, viewer, client_of):
    build_message(account)
    page = text_of(client_of(viewer), URL)
    assert "+91 98•••• 3210" in page
    assert "+919876543210" not in page


def test_numbers_are_masked_in_the_list_for_admins_too(account, admin, client_of):
    build_message(account)
    assert "+919876543210" not in text_of(client_of(admin), URL)


def test_a_stranger_is_sent_to_sign_in(account, client):
    answer = client.get(URL)
    assert answer.status_code == 302
    assert "next=/reports/sms/" in answer["Location"]


@pytest.mark.parametrize("path", ["", "rows/", "summary/", "export.csv"])
def test_another_account_sees_nothing_of_it(path, other_account, viewer, client_of):
    message = build_message(other_account, template_name="Secret of Globex")
    answer = client_of(viewer).get(f"{URL}{path}?sid={message.sid}")
    page = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert message.sid.encode() not in page
    assert b"Secret of Globex" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2026-11-20&to=2026-11-10", "before it begins"),
        ("from=2020-01-01&to=2026-11-10", "400 days at most"),
        ("period=century", "There is no period"),
        ("period=custom&from=x&to=y", "needs a date"),
    ],
)
def test_dates_that_make_no_period_give_a_clear_message(account, viewer, client_of, query, words):
    page = text_of(client_of(viewer), f"{URL}?{query}", 422)
    assert words in page
    assert "Custom dates" in page


def test_an_unknown_status_is_refused_and_names_the_known_ones(account, viewer, client_of):
    assert "remote-queued" in text_of(client_of(viewer), f"{URL}?status=lost", 400)


@pytest.mark.parametrize(
    "query",
    [
        "flow=flwother",
        "template=9999",
        "header=ZZZ",
        "status=expired",
        "reason=dlt.header_unknown",
        "q=nothing",
        "tests=only",
        "q=%27%20or%201=1--",
        "flow=%25",
    ],
)
def test_filters_that_match_nothing_say_so_and_offer_a_way_out(account, viewer, client_of, query):
    build_message(account)
    page = text_of(client_of(viewer), f"{URL}?{query}")
    assert "No messages match these filters" in page
    assert "Clear the filters" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("flow=flwa", "one"),
        ("flow=none", "two"),
        ("template=T2", "two"),
        ("header=GLOBEX", "two"),
        ("status=failed", "two"),
        ("reason=carrier.absent", "two"),
        ("tests=only", "two"),
        ("tests=hide", "one"),
        ("q=TEMPLATE+one", "one"),
        ("q=%2B91+98+1111", "two"),
        ("q=smstwo", "two"),
        ("q=%2B91+98••••+1111", "two"),
    ],
)
def test_each_filter_keeps_what_it_names(account, viewer, admin, client_of, query, expected):
    build_message(account, flow_sid="flwa", template_name="Template one", sid="smsone")
    build_message(
        account,
        Status.FAILED,
        sid="smstwo",
        template_name="Template two",
        dlt_template_id="T2",
        sender="GLOBEX",
        error_code="carrier.absent",
        origin=Message.Origin.TEST_CALL,
        to_number="+919811111111",
    )
    page = text_of(client_of(admin), f"{URL}rows/?{query}")
    found = {name for name in ("one", "two") if f'data-sid="sms{name}"' in page}
    assert found == {expected}


def test_a_viewer_cannot_find_out_hidden_digits_by_searching(account, viewer, admin, client_of):
    build_message(account, to_number="+919876543210")
    for guess, shown in (("987654", False), ("3210", True), ("%2B919876543210", True)):
        page = text_of(client_of(viewer), f"{URL}rows/?q={guess}")
        assert ("data-sid" in page) is shown
    assert "data-sid" in text_of(client_of(admin), f"{URL}rows/?q=987654")


def test_messages_of_test_calls_carry_a_badge(account, viewer, client_of):
    build_message(account, origin=Message.Origin.TEST_CALL)
    assert 'class="badge plain test">Test<' in text_of(client_of(viewer), URL)


def test_an_empty_account_is_told_what_to_do(account, viewer, client_of):
    page = text_of(client_of(viewer), URL)
    assert "No messages in this period" in page
    assert "Open flows" in page


def test_the_list_goes_on_by_key_and_back(account, viewer, client_of):
    sids = [build_message(account, ago=timedelta(minutes=n)).sid for n in range(120)]
    client = client_of(viewer)
    seen: list[str] = []
    path = f"{URL}rows/?period=7d"
    for mark in ("", f"&before={sids[49]}", f"&before={sids[99]}"):
        page = text_of(client, path + mark)
        seen += [sid for sid in sids if f'data-sid="{sid}"' in page]
    assert seen == sids
    back = text_of(client, f"{path}&after={sids[100]}")
    assert [sid for sid in sids if f'data-sid="{sid}"' in back] == sids[50:100]


def test_a_mark_of_another_account_shows_the_first_page(account, other_account, viewer, client_of):
    foreign = build_message(other_account)
    mine = build_message(account)
    page = text_of(client_of(viewer), f"{URL}rows/?before={foreign.sid}")
    assert mine.sid in page


def test_a_live_row_is_given_only_while_it_fits_the_filters(account, viewer, client_of):
    message = build_message(account, Status.SENT)
    client = client_of(viewer)
    assert message.sid in text_of(client, f"{URL}rows/?status=sent&sid={message.sid}")
    Message.objects.filter(pk=message.pk).update(status=Status.DELIVERED)
    assert message.sid not in text_of(client, f"{URL}rows/?status=sent&sid={message.sid}")


def test_a_script_in_a_name_is_text_on_the_page(account, viewer, client_of):
    build_message(account, template_name="<script>alert(1)</script>", sender="</script>")
    page = text_of(client_of(viewer), URL)
    assert "<script>alert" not in page


def test_page_and_api_say_the_same_to_the_digit(account, viewer, client_of, api):
    for number, status in enumerate((*Status, Status.DELIVERED)):
        build_message(account, status, took=timedelta(seconds=1.37 * number))
    page = text_of(client_of(viewer), f"{URL}?period=7d")
    figures = api.get("/api/v1/reports/sms/summary?period=7d").json()["figures"]
    assert f'data-figure="rate">{figures["delivery_rate"]}%<' in page
    assert f'data-figure="messages">{figures["messages"]}<' in page
    assert f'data-figure="time">{figures["median_seconds"]} s<' in page
    assert f'data-figure="spend">₹{figures["spend"]}<' in page
    assert f"p95 {figures['p95_seconds']} s" in page


def test_the_api_refuses_filters_it_does_not_know(account, api):
    answer = api.get("/api/v1/reports/sms/summary?flwo=flwa")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "reports.bad_filter"


def test_the_api_refuses_dates_that_go_backwards(account, api):
    answer = api.get("/api/v1/reports/sms/summary?from=2026-11-20&to=2026-11-10")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "period.not_valid"


def test_the_api_needs_a_key(account, client):
    assert client.get("/api/v1/reports/sms/summary").status_code == 401
