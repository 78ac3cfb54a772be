"""Which template is this? The approved templates a body fits, or the three that come nearest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from accounts.caller import Caller, caller_for
from accounts.models import Account, Role, User
from dlt.models import DltSettings, Header, RecordState
from dlt.services import TemplateDraft, change, submit_template
from dlt.stamps import next_stamp
from tests.builders import (
    MISSED_CALL,
    PE_ID,
    TEMPLATE_ID,
    build_entity,
    build_header,
    build_template,
)

MATCH = "/api/v1/dlt/match"
BODY = "We missed your call to +914412345678. We will call you back soon. Ref 7K2M9QX4TB - ACMECO"
THANKS_ID = "1107161234567890999"


def ask(client: Client, body: object = BODY, **more: object):
    return client.post(MATCH, {"body": body, **more}, content_type="application/json")


def found(client: Client, body: str = BODY, **more: object) -> list[str]:
    return [match["template_id"] for match in ask(client, body, **more).json()["matches"]]


def of(user: User) -> Caller:
    caller = caller_for(user)
    assert caller
    return caller


@pytest.fixture
def header(account: Account) -> Header:
    return build_header(build_entity(account))


def test_a_body_finds_its_template_with_the_values(api: Client, header: Header):
    row = build_template(header)
    build_template(header, "Thanks {#var#} - ACMECO", THANKS_ID, "Thanks")
    answer = ask(api).json()
    match = answer["matches"][0]
    assert {name: match[name] for name in ("id", "template_id", "name", "text", "entity")} == {
        "id": str(row.pk),
        "template_id": TEMPLATE_ID,
        "name": "Missed call alert",
        "text": MISSED_CALL,
        "entity": PE_ID,
    }
    assert (match["headers"], match["category"]) == (["ACMECO"], "service_implicit")
    assert match["variables"][1] == {
        "index": 2, "value": "7K2M9QX4TB", "start": 70, "end": 80, "limit": 30, "tag": "var",
    }  # fmt: skip
    assert (answer["nearest"], answer["compared"], answer["more"]) == ([], 2, False)


def test_the_nearest_three_are_told_with_their_differences(api: Client, header: Header):
    build_template(header)
    build_template(header, MISSED_CALL.replace("soon", "today"), THANKS_ID, "Today")
    for number in range(3):
        text = f"We missed your call to {{#var#}}. Shop {number} opens again - ACMECO"
        build_template(header, text, f"110716123456789000{number}", f"Shop {number}")
    answer = ask(api, BODY.replace("soon", "Soon")).json()
    assert answer["matches"] == []
    assert len(answer["nearest"]) == 3
    first = answer["nearest"][0]
    assert first["template_id"] == TEMPLATE_ID
    assert first["suggestion"] == BODY
    problem = first["problems"][0]
    assert (problem["position"], problem["expected"], problem["found"]) == (61, "soon.", "Soon.")
    scores = [near["score"] for near in answer["nearest"]]
    assert scores == sorted(scores, reverse=True)


def test_a_value_that_is_too_long_leaves_its_template_the_nearest(api: Client, header: Header):
    build_template(header)
    near = ask(api, BODY.replace("7K2M9QX4TB", "8f2kq7mzb4xw9c3hpt6nv5rj2dgs7k4b")).json()[
        "nearest"
    ]
    assert near[0]["problems"][0]["code"] == "VAR_TOO_LONG"
    assert near[0]["score"] == 1.0


def test_other_accounts_templates_never_appear(api: Client, other_account: Account, header: Header):
    build_template(build_header(build_entity(other_account)))
    answer = ask(api).json()
    assert (answer["matches"], answer["nearest"], answer["compared"]) == ([], [], 0)


def test_only_what_may_be_sent_is_found(api: Client, header: Header):
    for number, state in enumerate(RecordState.values):
        if state != RecordState.APPROVED:
            build_template(header, template_id=f"11071612345678900{number:02}", state=state)
    answer = ask(api).json()
    assert (answer["matches"], answer["nearest"]) == ([], [])


def test_every_change_is_seen_by_the_next_request(
    api: Client, account: Account, header: Header, editor: User, admin: User
):
    assert found(api) == []
    draft = TemplateDraft(PE_ID, TEMPLATE_ID, "Missed call alert", MISSED_CALL, ["ACMECO"])
    row = submit_template(caller=of(editor), draft=draft, now=timezone.now())
    assert found(api) == []
    decide = partial(
        change,
        caller=of(admin),
        kind="template",
        pk=row.pk,
        now=timezone.now(),
        reason="Wrong price",
    )
    decide(verb="approve")
    assert found(api) == [TEMPLATE_ID]
    decide(verb="suspend")
    assert found(api) == []
    assert ask(api).json()["nearest"] == []


def test_what_was_stopped_behind_our_back_is_not_told(api: Client, header: Header):
    row = build_template(header)
    assert found(api) == [TEMPLATE_ID]
    type(row).objects.filter(pk=row.pk).update(state=RecordState.BLACKLISTED)
    assert found(api) == []


def test_a_suspended_entity_takes_its_templates_along(api: Client, header: Header):
    build_template(header)
    assert found(api) == [TEMPLATE_ID]
    type(header.entity).objects.filter(pk=header.entity.pk).update(state="suspended")
    assert found(api) == []


def test_new_limits_of_the_account_count_at_once(api: Client, account: Account, header: Header):
    build_template(header)
    body = BODY.replace("7K2M9QX4TB", "x" * 35)
    assert found(api, body) == []
    DltSettings.objects.create(account=account, limits={"var": 40}, rules_stamp=next_stamp(account))
    assert found(api, body) == [TEMPLATE_ID]
    assert ask(api, body).json()["matches"][0]["variables"][1]["limit"] == 40


def test_the_search_can_be_narrowed(api: Client, account: Account, header: Header):
    build_template(header)
    other = build_entity(account, "1101234567890123999")
    build_template(build_header(other, "GLOBEX"), template_id=THANKS_ID)
    assert found(api) == [TEMPLATE_ID, THANKS_ID]
    assert found(api, entity="1101234567890123999") == [THANKS_ID]
    assert found(api, header="ACMECO") == [TEMPLATE_ID]
    near = ask(api, BODY + "!", header="GLOBEX").json()["nearest"]
    assert [one["template_id"] for one in near] == [THANKS_ID]


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"entity": "1101999999999999999"}, "dlt.entity_unknown", "entity"),
        ({"header": "acmeco"}, "dlt.header_unknown", "header"),
    ],
)
def test_a_filter_nobody_knows_is_named(
    api: Client, header: Header, more: dict[str, str], code: str, field: str
):
    answer = ask(api, **more)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], error["context"]["field"]) == (code, field)


def test_samples_stand_for_call_variables(api: Client, header: Header):
    build_template(header)
    body = "We missed your call to {CallTo}. We will call you back soon. Ref {CallRef} - ACMECO"
    answer = ask(api, body, sample=True).json()
    assert answer["sampled_body"] == BODY
    assert answer["matches"][0]["template_id"] == TEMPLATE_ID


def test_many_that_fit_are_cut_and_the_answer_says_so(api: Client, header: Header):
    for number in range(22):
        build_template(header, template_id=f"11071612345678900{number:02}", name=f"Shop {number}")
    answer = ask(api).json()
    assert (len(answer["matches"]), answer["more"]) == (20, True)


@pytest.mark.parametrize("body", ["", " \n\t ", "x" * 2001, None, ["x"], "nul \0"])
def test_bodies_that_are_none_are_refused_by_name(api: Client, body: object):
    answer = ask(api, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert set(answer.json()["error"]["context"]["fields"]) == {"body"}


@pytest.mark.parametrize(
    "body", ["x", "x" * 2000, "{#var#}" * 200, "\u200b\u0915\u093f \U0001f600" * 99]
)
def test_strange_bodies_are_answered(api: Client, header: Header, body: str):
    build_template(header)
    assert ask(api, body).status_code == 200


def test_whoever_may_look_may_ask(account: Account, header: Header, api_of: Callable[..., Client]):
    build_template(header)
    assert found(api_of(account, Role.VIEWER)) == [TEMPLATE_ID]
    assert ask(Client()).status_code == 401


def test_the_check_names_the_template_a_text_belongs_to(api: Client, header: Header):
    for number in range(3):
        text = f"We missed your call. Shop {number} calls {{#var#}} back - ACMECO"
        build_template(header, text, f"110716123456789000{number}", f"Shop {number}")
    request = {
        "template_id": "1107161234567890000",
        "body": "We missed your call. Shop 2 calls you back - ACMECO",
    }
    answer = api.post("/api/v1/dlt/check", request, content_type="application/json").json()
    assert [other["name"] for other in answer["other_matches"]] == ["Shop 2"]
