"""The publish gate: what the registries refuse goes live only when an admin takes it on, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, AuditEvent, Notice, Role, User
from dlt.chain_hash import chain_hash
from dlt.models import Chain, ChainLink, PrincipalEntity, Telemarketer
from flows.models import Flow, FlowVersion
from sms.models import Message
from tests.builders import build_entity, build_header, build_template
from tests.flows.drawing import connect, graph, missed_call, sms
from tests.flows.test_flows_api import read, send

REASON = "The operator promised the approval for today"


@pytest.fixture
def broken(api: Client, account: Account) -> Any:
    """A flow whose text is not that of its template."""
    build_template(build_header(build_entity(account)))
    drawn = missed_call()
    drawn["nodes"][2]["settings"]["body"] += "!"
    return send(api, "post", "flows", {"name": "Support line", "graph": drawn}, 201)


@pytest.fixture
def ravi(admin: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(admin)


def publish(client: Client, flow: Any, status: int, **override: Any) -> Any:
    body = {"override": override} if override else {}
    return send(client, "post", f"flows/{flow['id']}/publish", body, status)


def test_a_refusal_says_which_errors_an_admin_may_take_on(api: Client, broken: Any) -> None:
    error = publish(api, broken, 422)["error"]
    assert error["message"] == "The flow has 1 error. Mend what is wrong, then publish."
    (issue,) = error["context"]["issues"]
    assert (issue["code"], issue["overridable"]) == ("dlt.template_mismatch", True)


def test_an_admin_publishes_anyway_and_is_named_for_good(
    api: Client, ravi: Client, admin: User, broken: Any
) -> None:
    version = publish(ravi, broken, 200, reason=REASON)
    override = version["override"]
    assert (override["by"], override["reason"], override["count"]) == (admin.name, REASON, 1)
    assert override["issues"][0]["code"] == "dlt.template_mismatch"
    event = AuditEvent.objects.get(action="flow.published_anyway")
    assert (event.actor, event.target) == (admin.email, broken["id"])
    assert event.detail["reason"] == REASON
    assert [issue["code"] for issue in event.detail["issues"]] == ["dlt.template_mismatch"]
    assert not AuditEvent.objects.filter(action="flow.published").exists()
    # Everybody sees it: in the versions, with the flow, on its card.
    (listed,) = read(api, f"flows/{broken['id']}/versions")["versions"]
    assert listed["override"] == override
    shown = read(api, f"flows/{broken['id']}")
    assert shown["live"]["override"]["by"] == admin.name
    assert [issue["overridden"] for issue in shown["live_issues"]] == [True]
    card = ravi.get("/flows/").content.decode()
    assert f"Published by {admin.name} despite 1 problem" in card
    assert REASON in card


def test_an_editor_is_told_whom_to_ask(api: Client, admin: User, broken: Any) -> None:
    error = publish(api, broken, 403, reason=REASON)["error"]
    assert error["code"] == "flows.override_not_allowed"
    assert admin.name in error["message"]
    assert Flow.objects.get().live is None
    shown = read(api, f"flows/{broken['id']}")
    assert (shown["can_override"], shown["admins"]) == (False, admin.name)


@pytest.mark.parametrize("reason", ["", "  ", "because", "go live"])
def test_a_reason_is_a_few_words(ravi: Client, broken: Any, reason: str) -> None:
    error = publish(ravi, broken, 422, reason=reason)["error"]
    assert error["code"] == "flows.override_reason"
    assert error["context"]["field"] == "override.reason"
    assert FlowVersion.objects.count() == 0


@pytest.mark.parametrize(
    "override",
    [{}, {"reason": None}, {"reason": "x" * 301}, {"reason": REASON, "codes": "all"}, "yes", []],
)
def test_an_override_of_another_shape_is_refused(
    ravi: Client, broken: Any, override: object
) -> None:
    path = f"flows/{broken['id']}/publish"
    error = send(ravi, "post", path, {"override": override}, 400)["error"]
    assert error["code"] == "invalid"
    assert any(name.startswith("override") for name in error["context"]["fields"])


def test_what_cannot_run_stays_unpublished_whoever_asks(ravi: Client, account: Account) -> None:
    build_template(build_header(build_entity(account), state="suspended_customer"))
    drawn = graph(connect("n1"), sms("n2"), {"id": "n3", "type": "teleport"}, ways="n1.busy>n2")
    flow = send(ravi, "post", "flows", {"name": "x", "graph": drawn}, 201)
    error = publish(ravi, flow, 422, reason=REASON)["error"]
    assert error["code"] == "flows.not_publishable"
    assert error["context"]["count"] == 1
    told = {issue["code"]: issue["overridable"] for issue in error["context"]["issues"]}
    assert told["flows.unknown_applet"] is False
    assert told["dlt.header_not_approved"] is True


def test_an_override_may_be_limited_to_what_was_seen(ravi: Client, broken: Any) -> None:
    error = publish(ravi, broken, 422, reason=REASON, codes=["dlt.header_unknown"])["error"]
    assert error["code"] == "flows.not_publishable"
    publish(ravi, broken, 200, reason=REASON, codes=["dlt.template_mismatch"])


def test_an_override_nobody_needs_is_none(api: Client, ravi: Client, account: Account) -> None:
    build_template(build_header(build_entity(account)))
    flow = send(api, "post", "flows", {"name": "x", "graph": missed_call()}, 201)
    assert publish(ravi, flow, 200, reason=REASON)["override"] is None
    assert AuditEvent.objects.filter(action="flow.published").exists()


def test_a_key_with_the_admin_s_role_is_named_by_its_name(
    api_of: Callable[..., Client], account: Account, broken: Any
) -> None:
    version = publish(api_of(account, Role.ADMIN), broken, 200, reason=REASON)
    assert version["override"]["by"] == "key admin tests"


def test_the_message_is_refused_in_the_call_all_the_same_and_the_call_goes_on(
    ravi: Client, broken: Any
) -> None:
    publish(ravi, broken, 200, reason=REASON)
    turn = call_and_do_not_answer(ravi, broken)
    assert turn["ended"]
    (message,) = turn["messages"]
    assert message["status"] == "error"
    assert message["error"]["code"] == "dlt.template_mismatch"


def call_and_do_not_answer(client: Client, flow: Any) -> Any:
    """Let the caller ring and nobody pick up, so that the SMS goes out."""
    start = {"flow": flow["id"], "use": "live", "from": "+919876543210"}
    turn = send(client, "post", "simulations", start, 201)
    event = {"type": "dial_ended", "status": "no_answer"}
    return send(client, "post", f"simulations/{turn['sid']}/events", event, 200)


# --- suspended later ------------------------------------------------------------------------------


@pytest.fixture
def live(api: Client, account: Account) -> Any:
    build_template(build_header(build_entity(account)))
    flow = send(api, "post", "flows", {"name": "Support line", "graph": missed_call()}, 201)
    send(api, "post", f"flows/{flow['id']}/publish", {}, 200)
    return flow


def suspend(ravi: Client, account: Account) -> None:
    template = account.templates.get()
    path = f"/dlt/templates/{template.pk}/suspend/"
    assert ravi.post(path, {"reason": "Complaints of receivers"}).status_code == 302


def reinstate(ravi: Client, account: Account) -> None:
    template = account.templates.get()
    assert ravi.post(f"/dlt/templates/{template.pk}/reinstate/").status_code == 302


def test_a_suspension_warns_on_the_flow_and_a_reinstatement_ends_the_warning(
    api: Client, ravi: Client, account: Account, live: Any
) -> None:
    assert read(api, f"flows/{live['id']}")["live_issues"] == []
    suspend(ravi, account)
    (issue,) = read(api, f"flows/{live['id']}")["live_issues"]
    assert issue["code"] == "dlt.template_not_approved"
    assert issue["node"] == "n3"
    assert "ask an admin to have this one reactivated" in issue["fix"]
    assert issue["overridden"] is False
    assert "ask an admin to have this one reactivated" in ravi.get("/flows/").content.decode()
    (listed,) = read(api, "flows")["flows"]
    assert [found["code"] for found in listed["live_issues"]] == ["dlt.template_not_approved"]
    reinstate(ravi, account)
    assert read(api, f"flows/{live['id']}")["live_issues"] == []
    assert 'class="problems"' not in ravi.get("/flows/").content.decode()


def test_the_warning_is_about_what_calls_run_not_about_the_draft(
    api: Client, ravi: Client, account: Account, live: Any
) -> None:
    without = {**missed_call(), "nodes": missed_call()["nodes"][:2], "connections": []}
    body = {"graph": without, "base_hash": live["draft"]["hash"]}
    send(api, "put", f"flows/{live['id']}/draft", body, 200)
    suspend(ravi, account)
    shown = read(api, f"flows/{live['id']}")
    assert [issue["code"] for issue in shown["live_issues"]] == ["dlt.template_not_approved"]
    assert not [issue for issue in shown["issues"] if issue["code"].startswith("dlt.")]
    # Published without the message, nothing is wrong any more.
    send(api, "post", f"flows/{live['id']}/publish", {}, 200)
    assert read(api, f"flows/{live['id']}")["live_issues"] == []


def test_a_superseded_template_s_successor_is_offered(
    api: Client, account: Account, live: Any
) -> None:
    old = account.templates.get()
    new = build_template(
        account.headers.get(), template_id="1107161234567899999", name="Missed call 2"
    )
    new.supersedes = old
    new.save()
    old.state = "superseded"
    old.save()
    (issue,) = read(api, f"flows/{live['id']}")["live_issues"]
    assert issue["fix"] == "Choose its new version “Missed call 2” (1107161234567899999)."


def test_the_next_call_goes_on_without_the_message_and_its_report_says_why(
    ravi: Client, account: Account, live: Any
) -> None:
    suspend(ravi, account)
    turn = call_and_do_not_answer(ravi, live)
    assert turn["ended"]
    message = Message.objects.get()
    assert (message.status, message.error_code) == ("error", "dlt.template_suspended")
    assert "suspended" in message.error_message
    assert "suspended" in ravi.get(f"/calls/{turn['sid']}/").content.decode()


def test_each_admin_is_told_and_nobody_else(
    ravi: Client,
    account: Account,
    other_account: Account,
    live: Any,
    editor: User,
    client_of: Callable[[User], Client],
    api_of: Callable[..., Client],
) -> None:
    from tests.builders import build_member

    leela = client_of(build_member(account, Role.ADMIN, "leela@acme.example"))
    stranger = client_of(build_member(other_account, Role.ADMIN))
    suspend(ravi, account)
    for person in (ravi, leela):
        found = read(person, "notices")
        assert found["unread"] == 1
        (notice,) = found["notices"]
        assert notice["text"] == (
            "Template “Missed call alert” can no longer be used: suspended"
            " (by admin@acme.example). Reason: Complaints of receivers."
            " 1 published flow uses it: “Support line”. Its calls go on without the SMS."
        )
        assert notice["link"] == f"/flows/{live['id']}/?applet=n3"
    for person in (client_of(editor), stranger, api_of(account, Role.VIEWER)):
        assert read(person, "notices") == {"notices": [], "unread": 0, "next": None}
    # One reads it; for the other it is still new.
    read_id = read(ravi, "notices")["notices"][0]["id"]
    assert send(ravi, "post", "notices/read", {"ids": [read_id]}, 200) == {"unread": 0}
    assert read(leela, "notices")["unread"] == 1
    reinstate(ravi, account)
    (settled,) = read(leela, "notices")["notices"]
    assert settled["settled"]
    assert read(leela, "notices")["unread"] == 0


def test_what_an_entity_and_a_header_take_along_is_found(
    ravi: Client, account: Account, live: Any
) -> None:
    for row, verb in (
        (account.headers.get(), "suspend"),
        (account.entities.get(), "suspend"),
    ):
        change(ravi, row, verb)
    codes = {issue["code"] for issue in read(ravi, f"flows/{live['id']}")["live_issues"]}
    assert codes == {"dlt.header_not_approved", "dlt.entity_not_active"}
    texts = [notice["text"] for notice in read(ravi, "notices")["notices"]]
    assert all("“Support line”" in text for text in texts)
    assert [text.split()[0] for text in texts] == ["Entity", "Header"]


def test_a_chain_that_is_suspended_stops_the_flow_too(
    api: Client, ravi: Client, account: Account, live: Any
) -> None:
    chain = build_chain(account.entities.get())
    assert read(api, f"flows/{live['id']}")["live_issues"] == []
    change(ravi, chain, "suspend")
    (issue,) = read(api, f"flows/{live['id']}")["live_issues"]
    assert (issue["code"], issue["setting"]) == ("dlt.chain_not_approved", "dlt_entity_id")
    (notice,) = read(ravi, "notices")["notices"]
    assert "“Support line”" in notice["text"]
    turn = call_and_do_not_answer(ravi, live)
    assert turn["messages"][0]["error"]["code"] == "dlt.chain_not_approved"
    change(ravi, chain, "reinstate")
    assert read(api, f"flows/{live['id']}")["live_issues"] == []


def test_a_header_whose_day_is_over_stops_the_flow(
    api: Client, account: Account, live: Any
) -> None:
    account.headers.update(valid_until="2026-01-31")
    (issue,) = read(api, f"flows/{live['id']}")["live_issues"]
    assert (issue["code"], issue["setting"]) == ("dlt.header_expired", "sender_id")


def build_chain(entity: PrincipalEntity) -> Chain:
    telemarketer = Telemarketer.objects.create(
        account=entity.account, tm_id="1302157225275643280", name="Carrier", state="active"
    )
    chain = Chain.objects.create(
        account=entity.account,
        entity=entity,
        hash=chain_hash(entity.pe_id, [telemarketer.tm_id]),
        state="active",
    )
    ChainLink.objects.create(chain=chain, telemarketer=telemarketer, position=1)
    return chain


def change(client: Client, row: Any, verb: str) -> None:
    """Decide as the admin's session does; pages of every kind come to this."""
    from django.utils import timezone

    from accounts.caller import caller_for
    from dlt.services import change as decide

    caller = caller_for(User.objects.get(email="admin@acme.example"))
    assert caller
    decide(
        caller=caller,
        kind=row.record_kind,
        pk=row.pk,
        verb=verb,
        now=timezone.now(),
        reason="Told by the operator",
    )


def test_many_at_once_are_one_notice(ravi: Client, account: Account, live: Any) -> None:
    from django.utils import timezone

    from accounts.caller import caller_for
    from dlt.services import change_many

    header = account.headers.get()
    for number in range(60):
        build_template(header, template_id=f"11071612345678{number:05}", name=f"T {number}")
    caller = caller_for(User.objects.get(email="admin@acme.example"))
    assert caller
    pks = list(account.templates.values_list("pk", flat=True))

    def decide(verb: str, chosen: list[int]) -> None:
        records = [("template", pk) for pk in chosen]
        change_many(caller=caller, records=records, verb=verb, now=timezone.now(), reason="Unused")

    decide("suspend_usage", pks)
    (notice,) = read(ravi, "notices")["notices"]
    assert notice["text"].startswith("61 templates can no longer be used")
    assert "1 published flow uses them: “Support line”" in notice["text"]
    # It is over when the last of them may be used again.
    decide("reinstate", pks[1:])
    assert read(ravi, "notices")["unread"] == 1
    decide("reinstate", pks[:1])
    assert read(ravi, "notices")["unread"] == 0


def test_a_file_that_comes_in_parts_is_one_notice(ravi: Client, account: Account) -> None:
    from django.utils import timezone

    from dlt.changes import collected, tell

    header = build_header(build_entity(account))
    rows = [build_template(header, template_id=f"11071612345678{number:05}") for number in range(6)]
    for part in (rows[:3], rows[3:]):
        with collected("Import of templates.csv"):
            for row in part:
                row.state = "inactive"
                row.save()
                tell(row, "approved", timezone.now(), "ravi")
    (notice,) = read(ravi, "notices")["notices"]
    assert notice["text"] == (
        "6 templates can no longer be used (Import of templates.csv). No published flow uses them."
    )


def test_what_an_observer_gets_wrong_undoes_no_decision(
    ravi: Client, account: Account, live: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dlt import changes

    def breaks(*_: object) -> None:
        Notice.objects.create()  # the database refuses it

    monkeypatch.setattr(changes, "_observers", [breaks, *changes._observers])
    suspend(ravi, account)
    assert account.templates.get().state == "suspended_customer"
    assert read(ravi, "notices")["unread"] == 1


def test_a_customer_s_system_hears_of_a_template_s_state(
    ravi: Client, account: Account, live: Any
) -> None:
    from webhooks.models import Delivery, Endpoint

    Endpoint.objects.create(
        account=account,
        url="https://customer.example/hook",
        event="dlt.template.state_changed",
        secret="whsec_x",
    )
    suspend(ravi, account)
    delivery = Delivery.objects.get()
    (told,) = delivery.payload["changes"]
    assert (told["from"], told["to"], told["sendable"]) == (
        "approved",
        "suspended_customer",
        False,
    )
    assert told["template_id"] == account.templates.get().template_id
    json.dumps(delivery.payload)


# --- which flows use a template -------------------------------------------------------------------


def test_the_registry_knows_which_flows_use_a_template(
    api: Client, account: Account, live: Any
) -> None:
    from dlt.usage import uses_of

    template_id = account.templates.get().template_id

    def told() -> list[tuple[str, bool]]:
        return [(use.node, use.live) for use in uses_of(account, [template_id])]

    assert told() == [("n3", True), ("n3", False)]
    renamed = missed_call()
    renamed["nodes"][2]["name"] = "Sorry"
    body = {"graph": renamed, "base_hash": live["draft"]["hash"]}
    send(api, "put", f"flows/{live['id']}/draft", body, 200)
    assert told() == [("n3", True), ("Sorry", False)]
    assert uses_of(account, [template_id])[0].link == f"/flows/{live['id']}/?applet=n3"
    send(api, "delete", f"flows/{live['id']}", {}, 204)
    assert told() == []


def test_asking_for_the_uses_costs_the_same_however_many_flows_there_are(
    api: Client, account: Account, live: Any, django_assert_num_queries: Any
) -> None:
    from dlt.usage import uses_of

    for number in range(5):
        send(api, "post", "flows", {"name": f"Flow {number}", "graph": missed_call()}, 201)
    template_id = account.templates.get().template_id
    with django_assert_num_queries(1):
        assert len(uses_of(account, [template_id])) == 7
