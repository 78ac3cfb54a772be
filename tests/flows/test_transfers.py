"""Transfers: going on in another flow, and what may be wrong with where a flow leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Account
from flows.archive import flows_that_transfer_to
from flows.models import Flow
from tests.calls.talking import begin, make_flow, path, post, tell
from tests.flows.drawing import connect, graph, greeting, hangup, menu, node, sms

pytestmark = pytest.mark.django_db


def leading_to(flow: str, *before: dict[str, Any], ways: str = "") -> dict[str, Any]:
    """A greeting, or other applets, and a transfer called "On"."""
    first = before or (greeting("g"),)
    return graph(*first, node("t", "transfer", "On", flow=flow), ways=ways or "g.next>t")


def issues(api: Client, flow: str, drawn: dict[str, Any]) -> list[tuple[str, str]]:
    """Save the draft and return its issues about transfers, as (severity, code)."""
    detail = api.get(f"/api/v1/flows/{flow}").json()
    body = {"graph": drawn, "base_hash": detail["draft"]["hash"]}
    saved = api.put(f"/api/v1/flows/{flow}/draft", body, content_type="application/json").json()
    return [
        (issue["severity"], issue["code"])
        for issue in saved["issues"]
        if issue["code"].startswith("flows.transfer")
    ]


def publish(api: Client, flow: str) -> None:
    post(api, f"flows/{flow}/publish", {})


def live(api: Client, name: str, drawn: dict[str, Any] | None = None) -> str:
    flow = make_flow(api, drawn or graph(greeting("a"), hangup("h"), ways="a.next>h"), name)
    publish(api, flow)
    return flow


def test_a_call_goes_on_in_the_other_flow_with_its_values(api: Client) -> None:
    other = live(api, "Sales", graph(connect("c"), hangup("h"), ways="c.answered>h"))
    drawn = leading_to(other, menu("m", "1"), ways="m.1>t m.no_input>t m.no_match>t")
    turn = tell(api, begin(api, make_flow(api, drawn, "Front")), type="digits", digits="1")
    assert path(turn) == [("m", "1"), ("t", None), ("c", None)]
    step = turn["steps"][1]
    assert step["note"] == "The call goes on in “Sales”."
    assert step["detail"] == {"flow": other, "flow_name": "Sales", "flow_version": 1}
    assert turn["waiting_for"] == "dial_ended"


def test_values_go_along_and_what_applets_left_behind_stays(api: Client) -> None:
    other = make_flow(api, graph(sms("s", body="Key {digits}")), "Second")
    drawn = leading_to(other, menu("m", "1"), ways="m.1>t")
    turn = tell(api, begin(api, make_flow(api, drawn, "First")), type="digits", digits="1")
    assert turn["messages"][0]["body"] == "Key 1"


def test_a_good_transfer_is_no_issue(api: Client) -> None:
    assert issues(api, make_flow(api, None, "Front"), leading_to(live(api, "Sales"))) == []


def test_a_flow_that_is_not_there_cannot_be_gone_on_in(
    api: Client, api_of: Callable[..., Client], other_account: Account
) -> None:
    front = make_flow(api, None, "Front")
    missing = [("error", "flows.transfer_missing")]
    assert issues(api, front, leading_to("flwnone")) == missing
    assert issues(api, front, leading_to(live(api_of(other_account), "Of others"))) == missing
    gone = live(api, "Gone")
    api.delete(f"/api/v1/flows/{gone}")
    assert issues(api, front, leading_to(gone)) == missing


def test_a_flow_that_was_never_published_cannot_be_gone_on_in(api: Client) -> None:
    draft = make_flow(api, graph(greeting("a")), "Draft")
    found = issues(api, make_flow(api, None, "Front"), leading_to(draft))
    assert found == [("error", "flows.transfer_not_published")]


def test_a_flow_that_goes_on_in_itself_is_warned_of_unless_it_never_waits(api: Client) -> None:
    flow = make_flow(api, None, "Round")
    asking = leading_to(flow, menu("m", "1"), ways="m.1>t")
    assert issues(api, flow, asking) == [("warning", "flows.transfer_loop")]
    assert issues(api, flow, leading_to(flow)) == [("error", "flows.transfer_loop")]


def test_a_circle_through_others_is_named(api: Client) -> None:
    first = live(api, "First")
    second = live(api, "Second", leading_to(first))
    third = live(api, "Third", leading_to(second))
    detail = api.get(f"/api/v1/flows/{first}").json()
    body = {"graph": leading_to(third), "base_hash": detail["draft"]["hash"]}
    saved = api.put(f"/api/v1/flows/{first}/draft", body, content_type="application/json").json()
    [issue] = [issue for issue in saved["issues"] if issue["code"] == "flows.transfer_loop"]
    assert issue["severity"] == "error"
    assert "“Third”, then in “Second”" in issue["message"]
    asking = leading_to(third, menu("m", "1"), ways="m.1>t")
    assert issues(api, first, asking) == [("warning", "flows.transfer_loop")]


def test_who_transfers_to_a_flow_is_known(api: Client) -> None:
    target = live(api, "Target")
    live(api, "Front", leading_to(target))
    make_flow(api, leading_to(target), "Only a draft")
    naming_it = greeting("a", f"Ask for {target}")
    live(api, "Only speaks of it", graph(naming_it, hangup("h"), ways="a.next>h"))
    found = flows_that_transfer_to(Flow.objects.get(sid=target))
    assert [flow.name for flow in found] == ["Front"]
