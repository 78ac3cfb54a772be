"""Expressions: what they give, what is refused and where, and that there is no way out of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applets.expressions import (
    MISSING,
    BadExpression,
    ExpressionFailed,
    MissingVariable,
    Moment,
    TooMuchWork,
    check,
    expression,
)
from applets.expressions.documented import Entry, entries
from applets.object_fields import OBJECTS
from applets.variables import parse, written
from core.errors import DomainError

CASES = Path(__file__).parents[1] / "cases"
DATA: dict[str, Any] = {
    "call": {"fromNumber": "+919876543210", "fromType": "MOBILE", "fromCountry": "IN"},
    "sms": {"fromNumber": "+919876543210", "bodyText": "STOP", "parts": 1, "deliveredAt": None},
    "nodes": {
        "lookup": {
            "status": 200,
            "json": {
                "name": "Meera",
                "orders": [{"id": 7, "paid": True}, {"id": 9, "paid": False}],
                "total": 4.5,
                "nothing": None,
                "__class__": "own",
            },
        }
    },
    "gathered": {"digits": "42"},
    "now": Moment(datetime(2026, 1, 5, 6, 30, 15, tzinfo=UTC).astimezone(ZoneInfo("Asia/Kolkata"))),
}


def value_of(source: str) -> Any:
    return expression(source).plain(lambda name: DATA.get(name, MISSING))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        # As they stand in the documents of Callr.
        ("call.fromType.match(/MOBILE/)", ["MOBILE"]),
        ("!$dial?.ok", True),
        ("JSON.stringify(sms)", json.dumps(DATA["sms"], separators=(",", ":"))),
        ('nodes.lookup.json.name ?? "there"', "Meera"),
        (" call.fromNumber ", "+919876543210"),
        ("gathered.digits", "42"),
        # Paths.
        ("nodes.lookup.json.orders[1].id", 9),
        ("nodes['lookup']?.json?.orders?.[0].paid", True),
        ("nodes.lookup.json.orders.length", 2),
        ("nodes.nobody.json.name", None),
        ('nodes.nobody.json.name.trim().slice(0, 3) ?? "there"', "there"),
        ("nodes.nobody?.json.trim()", None),
        ("nodes.lookup.json.name[0]", "M"),
        ("nodes.lookup.json.constructor", None),
        ("nodes.lookup.json.__class__", "own"),
        # Arithmetic as JavaScript's, without NaN getting into texts.
        ("1 + 2 * 3 - 4 / 2", 5),
        ("7 % 3 + -7 % 3", 0),
        ("0.1 + 0.2", 0.30000000000000004),
        ('"7" * "6"', 42),
        ('"1" + 2 + 3', "123"),
        ('1 + 2 + "3"', "33"),
        ("1 / 0 === Infinity", True),
        ('isNaN("abc" * 2)', True),
        ("9007199254740993 + 0", 9007199254740992),
        ("-(-3)", 3),
        ("+true", 1),
        # Comparisons.
        ('"10" == 10', True),
        ('"10" === 10', False),
        ("null == undefined", True),
        ("null === undefined", False),
        ("true === 1", False),
        ("true == 1", True),
        ("NaN === NaN", False),
        ('"10" < "9"', True),
        ('"10" < 9', False),
        ("nowhere > 3", False),
        ("nowhere < 3", False),
        ("null >= 0", True),
        ("!!nodes.lookup.json.orders", True),
        ('!""', True),
        # Choices.
        ('nowhere || "x"', "x"),
        ('0 ?? "x"', 0),
        ('nodes.lookup.json.nothing ?? "x"', "x"),
        ("call && call.fromType && 5", 5),
        ("1 < 2 ? 'a' : 2 < 3 ? 'b' : 'c'", "a"),
        ("true?.5:1", 0.5),
        ("typeof nowhere", "undefined"),
        ("typeof null", "object"),
        # Texts, templates, lists and objects.
        ("`Dear ${nodes.lookup.json.name}, ${1 + 1} of ${`${3}`.length}`", None),
        ("`Dear ${nodes.lookup.json.name}, it is ${1 + 1}`", "Dear Meera, it is 2"),
        ("`a\\`b\\${c}`", "a`b${c}"),
        ('"caf\\u00e9 \\x41\\n"', "café A\n"),
        ('"\\ud83d\\ude00".length', 1),
        ('"\\ud83d"', "\ufffd"),
        ("[1, 'a', [true,],].length", 3),
        ("({a: {b: 1}, 'c d': 2, call}).a.b", 1),
        ("{}", {}),
        ("[undefined, null, NaN]", [None, None, None]),
        # Lists.
        ("nodes.lookup.json.orders.filter(o => !o.paid).map(o => o.id).join()", "9"),
        ("nodes.lookup.json.orders.find((order) => order.id == 7).paid", True),
        ("nodes.lookup.json.orders.map(o => nodes.lookup.json.orders.map(p => o.id * p.id)).at(1)",
         [63, 81]),
        ("[1, 2].map(call => call + 1)", [2, 3]),
        # Regular expressions.
        ('/^\\+91([6-9])/.exec(call.fromNumber)[1]', "9"),
        ('"a/b".split(/\\//)', ["a", "b"]),
        ('"2 / 1 / 2".replace(/[/]/g, "-")', "2 - 1 - 2"),
        ("4 / 2 / 1", 2),
        ('"a1b22".match(/[0-9]+/g)', ["1", "22"]),
        ('"abc".match(/x/)', None),
        ('"John Smith".replace(/(\\w+) (\\w+)/, "$2, $1 $$ $& $3")', "Smith, John $ John Smith $3"),
        ('"x".replace(/x/, "$<a>")', ""),
        ('"A\\nb".match(/^B$/im)[0]', "b"),
        ('"é".match(/\\u00e9/) !== null', True),
        ('"abc".replace(/(?<first>a)/, "<$<first>>")', "<a>bc"),
        # Times, in the workspace's zone.
        ("now.getHours() * 100 + now.getMinutes()", 1200),
        ("now.getDay()", 1),
        ("now", "2026-01-05T06:30:15.000Z"),
        ('"It is " + now', "It is 2026-01-05 12:00"),
        ('now > parseDate("2026-01-05T11:59:00")', True),
        ('now - parseDate("2026-01-05T12:00:00")', 15_000),
        ('formatDate(now, "dddd D.M. HH:mm")', "Monday D.M. 12:00"),
    ],
)  # fmt: skip
def test_values(source: str, value: Any) -> None:
    if value is None and "`${3}`" in source:
        with pytest.raises(BadExpression):
            check(source)
        return
    found = value_of(source)
    assert found == value
    assert isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry.kind} {entry.name}")
def test_every_function_does_what_its_example_says(entry: Entry) -> None:
    assert value_of(entry.example) == json.loads(entry.result)
    assert entry.description.endswith(".")


@pytest.mark.parametrize(
    ("source", "position", "said"),
    [
        ("", 1, "an expression is expected"),
        ("1 +", 4, "something is missing at the end"),
        ("(1 + 2", 7, ") is missing"),
        ("a b", 3, "“b” is not expected here"),
        ("a = 1", 3, "Compare with ==="),
        ("a & b", 3, "&&"),
        ('call.fromType == "x', 18, "does not end"),
        ("/abc", 1, "does not end"),
        ("new Date()", 1, "“new” cannot be used"),
        ("this.x", 1, "“this”"),
        ("a; b", 2, "Write one expression"),
        ("x.foo()", 3, "there is no method foo()"),
        ("fetch('https://x')", 1, "there is no function fetch()"),
        ("Math.random()", 1, "there is no function Math.random()"),
        ("x => 1", 1, "a function is not expected here"),
        ("[1].map(1)", 5, "takes one function"),
        ("[1].join(x => 1)", 10, "takes no function"),
        ("'a'.trim(1)", 5, "more than it takes"),
        ("(1)(2)", 1, "cannot be called"),
        ("/(?=a)b/.test('b')", 1, "cannot look ahead"),
        ("/a/gz.test('a')", 1, "flags"),
        ("/(a{1000}){1000}/.test('a')", 1, "regular expression is not right"),
        ("`a${1 +}`", 8, "something is missing"),
        ("`a${b`", 6, "} is missing"),
        ("a ? b", 6, "something is missing"),
        ("€", 1, "“€” is not expected"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    source: str, position: int, said: str
) -> None:
    with pytest.raises(BadExpression) as refusal:
        check(source)
    assert said in str(refusal.value)
    assert refusal.value.context["position"] == position


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        ("call.toType.match(/x/)", MissingVariable, "call.toType"),
        ('"Dear " + nobody', MissingVariable, "nobody"),
        ("`Dear ${nodes.nobody.name}`", MissingVariable, "nodes.nobody.name"),
        ("nobody.x[0] * 2", MissingVariable, "nobody.x[0]"),
        ("call.match(/x/)", ExpressionFailed, "call is an object, which has no match()"),
        ("nodes.lookup.json.orders.trim()", ExpressionFailed, "a list, which has no trim()"),
        ('"a" + [1]', ExpressionFailed, "JSON.stringify()"),
        ("[1] * 2", ExpressionFailed, "counted with"),
        ('"abc".match("b")', ExpressionFailed, "regular expression such as"),
        ('"n" + "x" * 1', ExpressionFailed, "not a number"),
        ("JSON.parse('{')", ExpressionFailed, "not JSON"),
        ("'a'.repeat(1000000)", TooMuchWork, "100000 characters"),
        ("'a'.padStart(1e15)", TooMuchWork, "100000 characters"),
    ],
)
def test_what_the_call_lacks_is_named(source: str, error: type[DomainError], said: str) -> None:
    with pytest.raises(error) as refusal:
        value_of(source)
    assert said in str(refusal.value)


@pytest.mark.parametrize("source", ["1" * 100_000, "(" * 100_000, '"' + "a" * 100_000 + '"'])
def test_a_hundred_thousand_characters_are_refused(source: str) -> None:
    with pytest.raises(BadExpression, match="longer than 2000 characters"):
        check(source)


@pytest.mark.parametrize(
    "source",
    ["!" * 150 + "1", "+".join(["1"] * 200), "[" * 150 + "]" * 150, "a" + ".b" * 200,
     "a ? " * 150 + "1" + " : 2" * 150],
)  # fmt: skip
def test_what_is_nested_too_deep_is_refused(source: str) -> None:
    with pytest.raises(BadExpression, match="nested more than 100 times"):
        check(source)


@pytest.mark.parametrize(
    "source",
    [
        "big.map(a => big.map(b => big.map(c => a + b + c)))",
        "big.filter(a => big.some(b => b === -1))",
        "long.split('').join('').split('')",
        "long.replace(/./g, long)",
        "JSON.stringify(big.map(a => big))",
        "long + long + long",
        "deep",
    ],
)
def test_no_expression_works_without_end(source: str) -> None:
    deep: Any = 1
    for _ in range(200):
        deep = [deep]
    data = {"big": list(range(2_000)), "long": "x" * 40_000, "deep": deep}
    with pytest.raises(TooMuchWork):
        expression(source).plain(lambda name: data.get(name, MISSING))


def test_a_pattern_cannot_run_away() -> None:
    data = {"long": "a" * 100_000}
    with pytest.raises(TooMuchWork):
        expression("[1,2,3,4,5,6,7,8,9,10,11].map(i => /(a+)+$/.test(long + 'b'))").find(
            lambda name: data.get(name, MISSING)
        )


_PIECES = """call sms nodes now nowhere .fromType .json .length [0] ["x"] ?. . ( ) [ ] { } , : ? ?? || &&
    ! - + * / % === == < > 1 2.5 "a" 'b' `c${1}` true null undefined /a+/g .match( .slice(0,3)
    .map(x => x) x => .filter( .join() .padStart(9) .replace(/./g,"$1$&") JSON.stringify( Math.max(
    Number( formatDate( parseDate( String( typeof NaN Infinity 1e308 .at(-1) .repeat(99) __class__
    .constructor .toFixed(2) .getHours() .test( .split("") Object.keys("""
PIECES = st.sampled_from(_PIECES.split())


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_any_source_gives_a_value_or_a_refusal(source: str) -> None:
    """Law: a random source is worked out within its budget, or refused in our words."""
    try:
        json.dumps(value_of(source), allow_nan=False).encode()
    except DomainError as refusal:
        assert str(refusal)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([entry for entry in entries() if not entry.takes_arrow]),
    st.lists(VALUES, min_size=3, max_size=3),
)
def test_any_values_can_be_given_to_any_function(entry: Entry, values: list[Any]) -> None:
    names = dict(zip("abc", values, strict=True))
    given = ", ".join("abc"[: max(0, min(entry.most, 2))])
    source = f"{entry.name}({given})" if entry.kind == "function" else f"c.{entry.name}({given})"
    try:
        expression(source).plain(lambda name: names.get(name, MISSING))
    except DomainError as refusal:
        assert str(refusal)


SHAPES = json.loads((CASES / "expression_shapes.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", SHAPES, ids=lambda case: case["source"])
def test_the_worst_case_analysis_sees_the_same_here_and_in_the_browser(case: Any) -> None:
    shape = expression(case["source"]).shape
    assert {
        "source": case["source"],
        "root": shape.root,
        "keys": [str(key) for key in shape.keys],
        "at_most": shape.at_most,
        "default": None if shape.default is None else str(shape.default),
    } == case
    within = f"a ${{{{ {case['source']} }}}} b"
    assert [part if isinstance(part, str) else written(part) for part in parse(within)] == [
        "a ", f"${{{{ {case['source']} }}}}", " b",
    ]  # fmt: skip


def test_the_page_names_every_function_and_every_field() -> None:
    page = (CASES.parents[1] / "docs" / "expressions.md").read_text(encoding="utf-8")
    for entry in entries():
        assert f"| `{entry.signature}` | {entry.description} |" in page
        assert entry.example.replace("|", "\\|") in page
    for info in OBJECTS:
        assert f"| `{info.name}` |" in page
        assert all(f"`{field.name}`" in page for field in info.fields)
