"""What is wrong with a flow, in the words a user reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from applets.variables import sample_values
from dlt.sample_values import SAMPLES
from flows.graph import parse
from flows.message_issues import Context, TemplateFacts
from flows.validation import issues
from tests.builders import MISSED_CALL, PE_ID, TEMPLATE_ID
from tests.flows.drawing import (
    connect,
    graph,
    greeting,
    hangup,
    menu,
    missed_call,
    node,
    passthru,
    sms,
)

TEMPLATE = TemplateFacts(
    text=MISSED_CALL,
    name="Missed call alert",
    state="approved",
    category="service_implicit",
    entity=PE_ID,
    headers=frozenset({"ACMECO"}),
)
REGISTRY = Context(
    templates={TEMPLATE_ID: TEMPLATE},
    headers={"ACMECO": {PE_ID: "approved"}},
    entities={PE_ID: "active"},
)


def found(drawn: dict[str, Any], context: Context = REGISTRY) -> list[tuple[str, str, str | None]]:
    """Return (severity, code, what it is about) of every issue."""
    return [
        (issue.severity, issue.code, issue.setting or issue.port or issue.node)
        for issue in issues(parse(drawn), context)
    ]


def test_the_design_s_example_has_no_issues() -> None:
    assert found(missed_call()) == []


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (graph(), [("error", "flows.empty", None)]),
        (graph(hangup("a"), entry="z"), [("error", "flows.no_entry", None)]),
        ({**graph(hangup("a")), "entry": None}, [("error", "flows.no_entry", None)]),
        (graph(node("a", "teleport")), [("error", "flows.unknown_applet", "a")]),
        (graph({**hangup("a"), "version": 9}), [("error", "flows.newer_settings", "a")]),
        (graph(node("a", "hangup", colour=1)), [("error", "flows.unknown_setting", "colour")]),
        (graph(node("a", "hangup", reason="x")), [("error", "flows.invalid_setting", "reason")]),
        (
            graph(hangup("a"), hangup("b")),
            [("warning", "flows.unreachable", "b")],
        ),
        (
            graph(greeting("a"), ways="a.next>z"),
            [("error", "flows.unknown_node", "next")],
        ),
        (
            graph(hangup("a"), ways="z.next>a"),
            [("error", "flows.unknown_node", None)],
        ),
        (graph(hangup("a"), ways="a.next>a"), [("error", "flows.unknown_port", "next")]),
        (graph(greeting("a")), [("warning", "flows.port_unconnected", "next")]),
        (
            graph(greeting("a"), hangup("b"), hangup("c"), ways="a.next>b a.next>c"),
            [("error", "flows.port_twice", "next"), ("warning", "flows.unreachable", "c")],
        ),
        (
            graph(node("a", "greeting"), hangup("b"), ways="a.next>b"),
            [("error", "flows.missing_setting", "say")],
        ),
        (
            graph(node("a", "greeting", source="play"), hangup("b"), ways="a.next>b"),
            [("error", "flows.missing_setting", "play_url")],
        ),
        (
            graph(greeting("a", "  "), hangup("b"), ways="a.next>b"),
            [("error", "flows.missing_setting", "say")],
        ),
    ],
)
def test_issues_of_shape(drawn: dict[str, Any], expected: list[Any]) -> None:
    assert found(drawn) == expected


def test_every_loose_port_is_named() -> None:
    drawn = graph(menu("m", "1", "#"), hangup("h"), ways="m.1>h")
    assert found(drawn) == [
        ("warning", "flows.port_unconnected", "#"),
        ("warning", "flows.port_unconnected", "no_input"),
        ("warning", "flows.port_unconnected", "no_match"),
    ]


def test_a_key_that_was_taken_off_the_menu_leaves_its_connection_behind() -> None:
    drawn = graph(menu("m", "1"), hangup("h"), ways="m.1>h m.2>h m.no_input>h m.no_match>h")
    assert found(drawn) == [("error", "flows.unknown_port", "2")]


def test_passthru_wants_its_error_connected() -> None:
    waiting = graph(passthru("p"), hangup("h"), ways="p.ok>h p.other>h")
    assert found(waiting) == [("warning", "flows.passthru_error_unconnected", "error")]
    asynchronous = graph(passthru("p", wait=False), hangup("h"), ways="p.ok>h")
    assert found(asynchronous) == []


# --- circles --------------------------------------------------------------------------------------


def test_a_circle_through_a_menu_is_fine() -> None:
    drawn = graph(menu("m", "1"), greeting("g"), ways="m.1>g g.next>m m.no_input>m m.no_match>g")
    assert found(drawn) == []


@pytest.mark.parametrize(
    "drawn",
    [
        graph(greeting("a"), ways="a.next>a"),
        graph(greeting("a"), sms("b"), ways="a.next>b b.next>a"),
        graph(passthru("a"), ways="a.ok>a a.other>a a.error>a"),
        graph(greeting("x"), greeting("a"), sms("b"), ways="x.next>a a.next>b b.next>a"),
    ],
)
def test_a_circle_that_never_waits_is_an_error(drawn: dict[str, Any]) -> None:
    loops = [issue for issue in issues(parse(drawn), REGISTRY) if issue.severity == "error"]
    assert [issue.code for issue in loops] == ["flows.endless_loop"]
    assert loops[0].node == "a"


def test_a_long_way_without_waiting_is_a_warning() -> None:
    nodes = [greeting(f"g{i}") for i in range(120)]
    ways = " ".join(f"g{i}.next>g{i + 1}" for i in range(119))
    drawn = graph(*nodes, hangup("h"), ways=f"{ways} g119.next>h")
    assert [code for _, code, _ in found(drawn)] == ["flows.too_long_without_input"]


# --- values and silence ---------------------------------------------------------------------------


def advice(drawn: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    """Return (code, node, sentence) of what is said about values and silence."""
    codes = ("flows.variable", "flows.long_silence", "flows.nobody")
    return [
        (issue.code, issue.node, issue.message)
        for issue in issues(parse(drawn), REGISTRY)
        if issue.code.startswith(codes)
    ]


def test_a_value_nothing_sets_is_named() -> None:
    drawn = graph(greeting("a", "You chose {digits}."), hangup("h"), ways="a.next>h")
    [(code, node, told)] = advice(drawn)
    assert (code, node) == ("flows.variable_never_set", "a")
    assert "nothing in this flow sets {digits}" in told


def test_a_value_that_is_set_only_afterwards_is_named() -> None:
    drawn = graph(
        greeting("a", "You chose {digits}."),
        menu("m", "1"),
        hangup("h"),
        ways="a.next>m m.1>h m.no_input>h m.no_match>h",
    )
    [(code, node, told)] = advice(drawn)
    assert (code, node) == ("flows.variable_may_be_unset", "a")
    assert "sets it only afterwards" in told


def test_a_value_that_some_way_goes_round_is_named() -> None:
    drawn = graph(
        connect("c", "Desk"),
        passthru("p", "Lookup"),
        sms("s", to="dynamic", to_expression="nodes.lookup.json.phone"),
        hangup("h"),
        ways="c.answered>p c.no_answer>s c.busy>s c.failed>s p.ok>s p.other>s p.error>s s.next>h",
    )
    [(code, node, told)] = advice(drawn)
    assert (code, node) == ("flows.variable_may_be_unset", "s")
    assert "without passing “Lookup”" in told


def test_a_value_on_every_way_or_with_a_default_is_fine() -> None:
    drawn = graph(
        menu("m", "1", "2"),
        greeting("a", 'You chose {digits}, ${{ nodes.nowhere.name ?? "friend" }}.'),
        hangup("h"),
        ways="m.1>a m.2>a m.no_input>a m.no_match>a a.next>h",
    )
    assert advice(drawn) == []


def rule(subject: str, operator: str, value: str = "", name: str = "") -> dict[str, str]:
    return {"subject": subject, "name": name, "operator": operator, "value": value}


def choice(*rules: dict[str, str]) -> dict[str, Any]:
    """A menu that one way goes round, then a condition of one case."""
    case = {"port": "yes", "name": "Yes", "rules": list(rules)}
    return graph(
        menu("m", "1"),
        node("c", "condition", "Who", cases=[case]),
        hangup("h"),
        ways="m.1>c m.no_input>h m.no_match>h c.yes>h c.otherwise>h",
    )


def test_a_condition_on_a_value_nothing_sets_is_named() -> None:
    drawn = choice(
        rule("variable", "is", "gold", "plan"),
        rule("result", "is", "paid", "nodes.lookup.json.status"),
    )
    told = [(code, message.partition(": ")[2]) for code, _node, message in advice(drawn)]
    assert told == [
        (
            "flows.variable_never_set",
            "nothing in this flow sets plan, so a call has no value for it.",
        ),
        (
            "flows.variable_never_set",
            "nothing in this flow sets nodes.lookup.json.status, so a call has no value for it.",
        ),
    ]


def test_a_condition_may_ask_what_only_some_calls_have() -> None:
    known = rule("digits", "is", "1"), rule("variable", "is", "1", "CallRef")
    asks = rule("variable", "is_not_set", "", "plan"), rule("result", "is_set", "", "nodes.x.json")
    assert advice(choice(*known, *asks)) == []


def test_a_circle_does_not_hide_that_the_first_round_has_no_value() -> None:
    drawn = graph(
        greeting("a", "Last time you chose {digits}."),
        menu("m", "1"),
        hangup("h"),
        ways="a.next>m m.1>a m.no_input>h m.no_match>h",
    )
    [(code, node, told)] = advice(drawn)
    assert (code, node) == ("flows.variable_may_be_unset", "a")
    assert "without passing" in told


def test_a_silent_start_is_named_with_its_seconds() -> None:
    drawn = graph(
        passthru("p", "First", timeout_seconds=4),
        passthru("q", "Second", timeout_seconds=3),
        greeting("g"),
        hangup("h"),
        ways="p.ok>q p.other>q p.error>g q.ok>g q.other>g q.error>g g.next>h",
    )
    [(code, node, told)] = advice(drawn)
    assert (code, node) == ("flows.long_silence", "p")
    assert "7 seconds" in told
    assert advice({**drawn, "entry": "q"}) == []


def test_a_prompt_before_the_request_breaks_the_silence() -> None:
    drawn = graph(
        greeting("g"),
        passthru("p", timeout_seconds=15),
        hangup("h"),
        ways="g.next>p p.ok>h p.other>h p.error>h",
    )
    assert advice(drawn) == []


def test_speaking_after_the_call_is_named() -> None:
    drawn = graph(
        greeting("g"),
        greeting("z", "Goodbye."),
        sms("s"),
        hangup("h"),
        ways="g.next>h z.next>s s.next>h",
    )
    [(code, node, _)] = advice({**drawn, "entries": {"after_call": "z"}})
    assert (code, node) == ("flows.nobody_on_the_telephone", "z")


# --- messages -------------------------------------------------------------------------------------


def message(**settings: Any) -> dict[str, Any]:
    return graph(sms("s", **settings), hangup("h"), ways="s.next>h")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"body": ""}, [("error", "flows.missing_setting", "body")]),
        ({"sender_id": ""}, [("error", "flows.missing_setting", "sender_id")]),
        ({"dlt_entity_id": ""}, [("error", "flows.missing_setting", "dlt_entity_id")]),
        (
            {"dlt_template_id": " "},
            [
                ("error", "flows.missing_setting", "dlt_template_id"),
                ("error", "dlt.template_unknown", "dlt_template_id"),
            ],
        ),
        ({"to": "number"}, [("error", "flows.missing_setting", "to_number")]),
        ({"to": "dynamic"}, [("error", "flows.missing_setting", "to_expression")]),
        ({"to": "called"}, [("warning", "flows.setting_advice", "to")]),
        ({"dlt_template_id": "1107" * 4}, [("error", "dlt.template_unknown", "dlt_template_id")]),
        ({"dlt_entity_id": "1101" * 4}, [("error", "dlt.entity_unknown", "dlt_entity_id")]),
        ({"sender_id": "acmeco"}, [("error", "dlt.header_unknown", "sender_id")]),
        ({"body": "Another text."}, [("error", "dlt.template_mismatch", "body")]),
        ({"body": "Hi ${{ x"}, [("error", "flows.invalid_setting", "body")]),
    ],
)
def test_issues_of_messages(settings: dict[str, Any], expected: list[Any]) -> None:
    assert found(message(**settings)) == expected


@pytest.mark.parametrize("state", ["pending", "rejected", "suspended", "blacklisted", "retired"])
def test_only_an_approved_template_may_be_published(state: str) -> None:
    context = replace(REGISTRY, templates={TEMPLATE_ID: replace(TEMPLATE, state=state)})
    assert found(message(), context) == [("error", "dlt.template_not_approved", "dlt_template_id")]


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (replace(REGISTRY, entities={PE_ID: "suspended"}), "dlt.entity_not_active"),
        (replace(REGISTRY, headers={"ACMECO": {PE_ID: "pending"}}), "dlt.header_not_approved"),
        (
            replace(REGISTRY, templates={TEMPLATE_ID: replace(TEMPLATE, headers=frozenset())}),
            "dlt.header_not_linked",
        ),
        (
            replace(REGISTRY, templates={TEMPLATE_ID: replace(TEMPLATE, entity="1101" * 4)}),
            "dlt.template_other_entity",
        ),
    ],
)
def test_the_records_of_a_message_must_fit_together(context: Context, code: str) -> None:
    assert [c for _, c, _ in found(message(), context)] == [code]


def test_a_promotional_template_is_no_alert() -> None:
    promotional = replace(TEMPLATE, category="promotional")
    context = replace(REGISTRY, templates={TEMPLATE_ID: promotional})
    assert found(message(traffic_type="alerting"), context) == [
        ("error", "dlt.category_clash", "traffic_type")
    ]


def test_call_sid_is_too_long_for_dlt() -> None:
    body = "We missed your call to {CallTo}. We will call you back soon. Ref {CallSid} - ACMECO"
    (issue,) = issues(parse(message(body=body)), REGISTRY)
    assert (issue.severity, issue.code) == ("error", "dlt.call_sid_too_long")
    assert issue.fix == "Use {CallRef}, which has 10."


def test_values_are_judged_before_there_is_a_call() -> None:
    numeric = replace(TEMPLATE, text="Your OTP is {#numeric#} - ACMECO")
    context = replace(REGISTRY, templates={TEMPLATE_ID: numeric})

    def judged(value: str) -> list[tuple[str, str, str | None]]:
        return found(message(body=f"Your OTP is {value} - ACMECO"), context)

    assert judged("{digits}") == [("warning", "flows.variable_never_set", "body")]
    assert judged("{CallTo}") == [("error", "dlt.value_does_not_fit", "body")]
    assert judged("1234") == []


def test_an_answer_of_any_length_is_a_warning_that_says_how_to_cut_it() -> None:
    body = "We missed your call to ${{ nodes.ask.json.desk }}. We will call you back soon. "
    drawn = graph(
        passthru("ask"), sms("s", body=f"{body}Ref {{CallRef}} - ACMECO"), hangup("h"),
        ways="ask.ok>s ask.other>s ask.error>s s.next>h",
    )  # fmt: skip
    (issue,) = issues(parse(drawn), REGISTRY)
    assert (issue.severity, issue.code) == ("warning", "dlt.value_may_not_fit")
    assert issue.fix == "Cut it: ${{ nodes.ask.json.desk.slice(0, 30) }}"
    cut = body.replace(".desk }}", ".desk.slice(0, 30) }}")
    drawn["nodes"][1]["settings"]["body"] = f"{cut}Ref {{CallRef}} - ACMECO"
    assert issues(parse(drawn), REGISTRY) == []


def test_dlt_is_india_s() -> None:
    empty = {"dlt_template_id": "", "dlt_entity_id": ""}
    assert found(message(**empty), Context(region="US")) == []
    assert found(message(**empty, to="number", to_number="+14155550123"), Context()) == []
    assert len(found(message(**empty, to="number", to_number="+919812345678"), Context())) == 3


def test_issues_name_the_applet_and_the_field_as_the_panel_does() -> None:
    drawn = graph(node("a", "connect", "Sales desk", to=["98"]))
    told = issues(parse(drawn), REGISTRY)[0].message
    assert told == (
        "“Sales desk”, Numbers to ring: Entry 1: "
        "Write the number with its country code, such as +919876543210."
    )


def test_a_thousand_applets_are_checked() -> None:
    nodes = [connect(f"c{i}") for i in range(999)]
    ways = " ".join(f"c{i}.no_answer>c{i + 1} c{i}.busy>c{(i * 7) % 999}" for i in range(998))
    found = issues(parse(graph(*nodes, hangup("h"), ways=ways)), REGISTRY)
    assert {issue.node for issue in found} >= {f"c{i}" for i in range(999)}


def test_the_composer_and_publishing_use_samples_of_the_same_length() -> None:
    """The DLT check cannot import the applets' samples; a body must fit in both or in neither."""
    ours = {name: len(value) for name, value in sample_values().items()}
    assert ours == {name: len(value) for name, value in SAMPLES.items()}
