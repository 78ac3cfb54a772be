"""Every verb of every registry over HTTP: from which states, by whom, and never by the maker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, Role, User
from dlt.chain_hash import chain_hash
from dlt.models import (
    Chain,
    ChainLink,
    ConsentTemplate,
    Cta,
    EntityState,
    Record,
    RecordState,
    Telemarketer,
)
from dlt.registry import KINDS, PLURALS, rows_of
from dlt.transitions import VERBS, Verb
from tests.builders import build_entity, build_header, build_member, build_template

TM_ID = "1102172974420830004"
CASES = [
    (kind, verb, state)
    for kind in KINDS
    for verb in VERBS[kind].values()
    for state in sorted(verb.sources)
]
WRONG = [
    (kind, verb, state)
    for kind in KINDS
    for verb in VERBS[kind].values()
    for state in (EntityState if kind in {"entity", "telemarketer", "chain"} else RecordState)
    if state not in verb.sources
]
ApiOf = Callable[..., Client]


def build(account: Account, kind: str) -> Record:
    """Build a complete record of the kind, with the entity it needs."""
    entity = build_entity(account)
    if kind == "entity":
        return entity
    if kind in {"header", "template"}:
        header = build_header(entity)
        return header if kind == "header" else build_template(header)
    if kind == "cta":
        return Cta.objects.create(
            account=account,
            entity=entity,
            kind="url_static",
            value="a.example",
            compared="a.example",
        )
    if kind == "consent":
        return ConsentTemplate.objects.create(
            account=account, entity=entity, consent_id="1107160000000000001", name="Offers",
            brand="ACMECO", text="I agree that ACMECO sends me offers.",
        )  # fmt: skip
    telemarketer = Telemarketer.objects.create(account=account, tm_id=TM_ID, name="Carrier")
    if kind == "telemarketer":
        return telemarketer
    chain = Chain.objects.create(
        account=account, entity=entity, hash=chain_hash(entity.pe_id, [TM_ID])
    )
    ChainLink.objects.create(chain=chain, telemarketer=telemarketer, position=1)
    return chain


def in_state(account: Account, kind: str, state: str, maker: str = "") -> Record:
    row = build(account, kind)
    rows_of(account, kind).filter(pk=row.pk).update(state=state, maker=maker)
    row.refresh_from_db()
    return row


def post(client: Client, path: str, body: object) -> Any:
    return client.post(f"/api/v1/dlt/{path}", body, content_type="application/json")


def do(client: Client, row: Record, verb: str, reason: str = "Because") -> Any:
    return post(client, f"{PLURALS[row.record_kind]}/{row.pk}/{verb}", {"reason": reason})


@pytest.mark.parametrize(("kind", "verb", "state"), CASES)
def test_each_verb_leads_where_the_table_says(
    account: Account, api_of: ApiOf, kind: str, verb: Verb, state: str
):
    row = in_state(account, kind, state)
    answer = do(api_of(account, verb.role), row, verb.name)
    assert (answer.status_code, answer.json()["state"]) == (200, verb.to)
    event = AuditEvent.objects.get(action=f"{kind}.{verb.past}")
    assert (event.detail["from"], event.detail["to"]) == (state, verb.to)
    assert event.detail["source"] == "api"
    assert event.detail["reason"] == "Because"


@pytest.mark.parametrize(("kind", "verb", "state"), WRONG)
def test_from_other_states_nothing_happens(
    account: Account, api_of: ApiOf, kind: str, verb: Verb, state: str
):
    row = in_state(account, kind, state)
    answer = do(api_of(account, Role.ADMIN), row, verb.name)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "dlt.already_decided")
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize("kind", KINDS)
def test_roles_below_the_tables_are_refused(account: Account, api_of: ApiOf, kind: str):
    for verb in VERBS[kind].values():
        row = in_state(account, kind, min(verb.sources))
        below = Role.VIEWER if verb.role == Role.EDITOR else Role.EDITOR
        answer = do(api_of(account, below), row, verb.name)
        assert (answer.status_code, verb.name) == (403, verb.name)
        row.refresh_from_db()
        assert row.state == min(verb.sources)
        break_down(account)


def break_down(account: Account) -> None:
    for kind in ("template", "consent", "cta", "chain", "header", "telemarketer", "entity"):
        rows_of(account, kind).delete()


@pytest.mark.parametrize("kind", KINDS)
def test_the_maker_is_not_the_checker(account: Account, api_of: ApiOf, kind: str):
    build_member(account, Role.ADMIN, "first@acme.example")
    build_member(account, Role.ADMIN, "second@acme.example")
    key = api_of(account, Role.ADMIN)
    row = in_state(account, kind, "pending", maker="key admin tests")
    answer = do(key, row, "approve")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "dlt.not_your_own")


def test_the_only_admin_approves_and_it_is_said(
    account: Account, admin: User, client_of: Callable[[User], Client]
):
    row = in_state(account, "cta", "pending", maker=admin.email)
    answer = do(client_of(admin), row, "approve")
    assert answer.json()["state"] == "approved"
    assert AuditEvent.objects.get(action="cta.approved").detail["self_approved"] is True


def test_reasons_are_asked_for(account: Account, api_of: ApiOf):
    row = in_state(account, "cta", "approved")
    assert do(api_of(account, Role.ADMIN), row, "suspend", reason="").status_code == 400


def test_unknown_verbs_name_the_known_ones(account: Account, api_of: ApiOf):
    answer = do(api_of(account, Role.ADMIN), build(account, "chain"), "retire")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "dlt.unknown_verb")
    assert "approve" in answer.json()["error"]["message"]


def test_a_bulk_action_tells_each_result(account: Account, other_account: Account, api_of: ApiOf):
    header = build_header(build_entity(account))
    fine = build_template(header, template_id="1107160000000000001")
    waiting = build_template(header, template_id="1107160000000000002", state="pending")
    foreign = build_template(build_header(build_entity(other_account)))
    answer = post(
        api_of(account, Role.ADMIN), "templates/bulk",
        {
            "ids": [str(fine.pk), waiting.template_id, str(foreign.pk), "x"],
            "verb": "suspend",
            "reason": "Campaign over",
        },
    ).json()  # fmt: skip
    assert [row["ok"] for row in answer["results"]] == [True, False, False, False]
    assert (answer["done"], answer["failed"]) == (1, 3)
    assert answer["results"][0]["state"] == "suspended_customer"
    assert answer["results"][1]["error"]["code"] == "dlt.already_decided"
    assert [row["error"]["code"] for row in answer["results"][2:]] == ["not_found", "not_found"]
    foreign.refresh_from_db()
    assert foreign.state == "approved"


@pytest.mark.parametrize(
    "body",
    [
        {"ids": [], "verb": "suspend"},
        {"ids": "1", "verb": "suspend"},
        {"ids": [str(n) for n in range(501)], "verb": "suspend"},
        {"ids": ["1"], "verb": "explode"},
        {"ids": ["1"]},
    ],
)
def test_impossible_bulk_actions_are_refused(account: Account, api_of: ApiOf, body: object):
    assert post(api_of(account, Role.ADMIN), "templates/bulk", body).status_code == 400


def test_a_decision_is_taken_back(account: Account, api_of: ApiOf):
    row = in_state(account, "header", "approved")
    key = api_of(account, Role.ADMIN)
    do(key, row, "suspend")
    answer = post(key, f"headers/{row.pk}/undo", {})
    assert answer.json()["state"] == "approved"
    again = post(key, f"headers/{row.pk}/undo", {})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "dlt.cannot_undo")
    history = key.get(f"/api/v1/dlt/headers/{row.pk}/history").json()["events"]
    assert [event["action"] for event in history] == ["header.undone", "header.suspended"]


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("entity", "pe_id"),
        ("template", "template_id"),
        ("telemarketer", "tm_id"),
        ("chain", "hash"),
        ("consent", "consent_id"),
    ],
)
def test_records_are_read_by_either_id(account: Account, api: Client, kind: str, own: str):
    row = build(account, kind)
    by_ours = api.get(f"/api/v1/dlt/{PLURALS[kind]}/{row.pk}").json()
    by_theirs = api.get(f"/api/v1/dlt/{PLURALS[kind]}/{getattr(row, own)}").json()
    assert by_ours == by_theirs
    assert by_ours["id"] == str(row.pk)
    assert "verbs" in by_ours


def test_records_of_every_kind_are_made_and_edited(account: Account, api: Client, admin: User):
    entity = post(api, "entities", {"pe_id": "1101234567890123456", "name": "Acme"}).json()
    header = post(
        api, "headers", {"entity": entity["pe_id"], "value": "512345", "kind": "promotional"}
    ).json()
    assert header["category_digit"] == "5"
    made = post(api, "telemarketers", {"tm_id": TM_ID, "name": "Carrier"}).json()
    chain = post(
        api, "chains", {"entity": entity["pe_id"], "telemarketers": [made["tm_id"]]}
    ).json()
    assert chain["hash"] == chain_hash(entity["pe_id"], [TM_ID])
    cta = post(api, "ctas", {"entity": entity["pe_id"], "value": "https://acme.example/t?"}).json()
    assert cta["kind"] == "url_dynamic"
    consent = post(
        api, "consents",
        {
            "entity": entity["pe_id"], "consent_id": "1107160000000000001", "name": "Offers",
            "brand": "Acme", "text": "I agree that Acme sends me offers.", "headers": ["512345"],
        },
    ).json()  # fmt: skip
    assert consent["headers"] == ["512345"]
    edits = {
        f"entities/{entity['id']}": {"name": "Acme Ltd"},
        f"headers/{header['id']}": {"header_id": "1105160000000000001"},
        f"telemarketers/{made['id']}": {"role": "AF"},
        f"ctas/{cta['id']}": {"value": "18001234567"},
        f"consents/{consent['id']}": {"name": "Offers by SMS"},
    }
    for path, change in edits.items():
        answer = api.patch(f"/api/v1/dlt/{path}", change, content_type="application/json")
        assert answer.status_code == 200, path
        assert {**answer.json(), **change} == answer.json()
    frozen = api.patch(
        f"/api/v1/dlt/chains/{chain['id']}", {"hash": "0"}, content_type="application/json"
    )
    assert frozen.status_code == 405


def test_what_never_changes_is_refused_not_left_out(account: Account, api: Client):
    row = build(account, "header")
    answer = api.patch(
        f"/api/v1/dlt/headers/{row.pk}", {"value": "OTHERS"}, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "cannot be changed" in answer.json()["error"]["context"]["fields"]["value"]


def test_a_draft_over_http(account: Account, api: Client):
    build_header(build_entity(account))
    body = {"entity": "1101234567890123456", "headers": ["ACMECO"], "name": "Later",
            "text": "Hello {#var#} from all at ACMECO", "draft": True}  # fmt: skip
    made = post(api, "templates", body)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    address = f"/api/v1/dlt/templates/{made.json()['id']}"
    numbered = api.patch(
        address, {"template_id": "1107161234567890123"}, content_type="application/json"
    )
    assert numbered.json()["template_id"] == "1107161234567890123"
    sent = api.post(f"{address}/submit", {}, content_type="application/json")
    assert sent.json()["state"] == "pending"
    told = api.get(f"{address}/history").json()["events"]
    assert [event["action"] for event in told] == [
        "template.submitted", "template.edited", "template.drafted",
    ]  # fmt: skip


def test_portals_refusals_come_with_their_findings(account: Account, api: Client):
    build_header(build_entity(account))
    body = {"entity": "1101234567890123456", "headers": ["ACMECO"], "name": "Bad",
            "template_id": "1107161234567890123", "text": "Hello  {#var#} from ACMECO"}  # fmt: skip
    refused = post(api, "templates", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (
        422, "dlt.portal_would_refuse",
    )  # fmt: skip
    assert refused.json()["error"]["context"]["findings"][0]["code"] == "two_spaces"
    assert post(api, "templates", {**body, "as_registered": True}).status_code == 201


def test_an_operators_word_over_http(account: Account, api: Client, api_of: ApiOf):
    row = build(account, "template")
    address = f"/api/v1/dlt/templates/{row.pk}/operators/vi"
    said = {"state": "inactive", "since": "2026-11-20"}
    assert api.put(address, said, content_type="application/json").status_code == 403
    answer = api_of(account, Role.ADMIN).put(address, said, content_type="application/json")
    assert answer.json()["operators"] == {"vi": said}


def test_settings_over_http(account: Account, api: Client, api_of: ApiOf):
    address, key = "/api/v1/dlt/settings", api_of(account, Role.ADMIN)
    assert api.get(address).json()["promo_from"] == "10:00"
    change = {"limits": {"var": 40}, "promo_to": "20:30", "profiles": {"jio": {"limits": {}}}}
    assert api.patch(address, change, content_type="application/json").status_code == 403
    answer = key.patch(address, change, content_type="application/json")
    assert {**answer.json(), **change} == answer.json()
    bad = key.patch(address, {"limits": {"var": "x"}}, content_type="application/json")
    assert (bad.status_code, bad.json()["error"]["code"]) == (422, "dlt.bad_setting")
    assert bad.json()["error"]["context"]["field"] == "limits"


def test_the_accounts_limits_stand_in_the_templates(account: Account, api: Client, api_of: ApiOf):
    row = build(account, "template")
    api_of(account, Role.ADMIN).patch(
        "/api/v1/dlt/settings", {"limits": {"var": 40}}, content_type="application/json"
    )
    variables = api.get(f"/api/v1/dlt/templates/{row.pk}").json()["variables"]
    assert [variable["limit"] for variable in variables] == [40, 40]


def test_lists_are_narrowed(account: Account, api: Client):
    header = build_header(build_entity(account))
    build_template(header)
    build_template(build_header(header.entity, "OTHERS"), template_id="1207160000000000002")

    def ids(query: dict[str, str]) -> list[str]:
        found = api.get("/api/v1/dlt/templates", query).json()["templates"]
        return [row["template_id"] for row in found]

    assert ids({"operator": "jio"}) == ["1207160000000000002"]
    assert ids({"header": "ACMECO"}) == ["1107161234567890123"]
    assert ids({"q": "others"}) == ["1207160000000000002"]
    assert ids({"q": "missed"}) == ["1207160000000000002", "1107161234567890123"]
    assert api.get("/api/v1/dlt/templates", {"operator": "acme"}).status_code == 400
