"""The engine without a database: steps in a second, and what a large flow costs.

Baseline of the steps: a bare loop that looks every node and every port up in dictionaries. Baseline of the
growth: the same walk through a flow of ten applets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from applets.events import CallStarted, DialEnded, DigitsGathered
from applets.run import CallFacts
from bench.measure import Row, Sample, interleave, row, timed
from bench.world import SALES, SMS, WELCOME, Node, World, graph_of
from flows.engine import advance
from flows.graph import Graph, parse
from flows.program import upgraded
from flows.state import State
from flows.turn import Turn

WALKS: Final = 300
NODES: Final = 60
SIZES: Final = (10, 100, 1_000)
NOW: Final = datetime(2026, 1, 5, 6, 30, tzinfo=UTC)
STATE: Final = State(CallFacts("+919812345678", "+918047123300", "cal", "7KQ2M9XW4D"))
BUSY: Final = "busy"


def run(world: World) -> Iterator[Row]:
    del world  # the engine knows no store
    yield from _steps()
    yield from _call_with_waits()
    yield from _growth()


def _steps() -> Iterator[Row]:
    drawn = graph_of([*_greetings(NODES - 1), ("end", "hangup", {})])
    graph, exits = upgraded(parse(drawn)), _exits(drawn)
    assert len(_start(graph).steps) == NODES
    taken = interleave(
        {
            "engine": lambda: timed(lambda: _start(graph)) / NODES,
            "loop": lambda: timed(lambda: _dispatch(drawn["entry"], exits)) / NODES,
        },
        WALKS,
    )
    yield row(
        ("advance(), pure, one step", taken["engine"]),
        ("loop over a dict of functions", taken["loop"]),
        unit="us",
        scale=1e6,
    )
    rates = {name: [1 / seconds for seconds in values] for name, values in taken.items()}
    yield row(
        ("advance(), pure", rates["engine"]),
        ("loop over a dict of functions", rates["loop"]),
        unit="steps/s",
        scale=1,
    )


def _call_with_waits() -> Iterator[Row]:
    """A whole call of three turns, its state read from JSON and written back around each."""
    graph = upgraded(parse(_busy_call()))
    steps = _whole_call(graph)
    greetings = upgraded(parse(graph_of(_greetings(steps))))
    taken = interleave(
        {
            "call": lambda: timed(lambda: _whole_call(graph)) / steps,
            "greetings": lambda: timed(lambda: _start(greetings)) / steps,
        },
        WALKS,
    )
    yield row(
        ("whole call, 3 turns: menu, dial, SMS; a step", taken["call"]),
        ("greetings alone, one step", taken["greetings"]),
        unit="us",
        scale=1e6,
    )


def _growth() -> Iterator[Row]:
    """The same ten steps in flows of 10, 100 and 1,000 applets."""
    graphs = {size: upgraded(parse(_wide(size))) for size in SIZES}
    taken = interleave({str(size): _walk_through(graph) for size, graph in graphs.items()}, WALKS)
    for size in SIZES[1:]:
        yield row(
            (f"ten steps in a flow of {size:,} applets", taken[str(size)]),
            ("in a flow of 10", taken["10"]),
            unit="us",
            scale=1e6,
        )


def _walk_through(graph: Graph) -> Sample:
    return lambda: timed(lambda: _start(graph))


def _greetings(count: int) -> list[Node]:
    return [(f"n{number}", "greeting", {"say": "Thank you."}) for number in range(count)]


def _wide(size: int) -> dict[str, Any]:
    """Draw ``size`` applets of which nine and an end are walked; the others wait beside them."""
    walked = [*_greetings(9), ("end", "hangup", {})]
    beside: list[Node] = [
        (f"b{number}", "greeting", {"say": "Beside."}) for number in range(size - len(walked))
    ]
    drawn, others = graph_of(walked), graph_of(beside) if beside else {}
    return {
        **drawn,
        "nodes": [*drawn["nodes"], *others.get("nodes", [])],
        "connections": [*drawn["connections"], *others.get("connections", [])],
    }


def _busy_call() -> dict[str, Any]:
    """Draw welcome, menu, thanks, hold, a connect that finds everybody busy, and an SMS."""
    drawn = graph_of([*WELCOME, *SALES])
    drawn["nodes"] += graph_of([SMS])["nodes"]
    drawn["connections"].append({"from": "sales", "port": BUSY, "to": "note"})
    return drawn


def _whole_call(graph: Graph) -> int:
    turn = _start(graph)
    for event in (DigitsGathered("1"), DialEnded(BUSY)):
        turn = advance(graph, State.from_json(turn.state.to_json()), event, NOW)
    assert turn.state.end is not None
    return turn.state.steps


def _start(graph: Graph) -> Turn:
    return advance(graph, STATE, CallStarted(), NOW)


# --- the bare loop --------------------------------------------------------------------------------


def _say(said: list[str]) -> str:
    said.append("Thank you.")
    return "next"


def _end(said: list[str]) -> str:
    said.append("hangup")
    return ""


_TYPES: Final[dict[str, Callable[[list[str]], str]]] = {"greeting": _say, "hangup": _end}
_Exits = dict[str, tuple[str, dict[str, str]]]


def _exits(drawn: dict[str, Any]) -> _Exits:
    leads = {(c["from"], c["port"]): c["to"] for c in drawn["connections"]}
    return {
        node["id"]: (node["type"], {"next": leads.get((node["id"], "next"), "")})
        for node in drawn["nodes"]
    }


def _dispatch(node: str, exits: _Exits) -> list[tuple[str, str]]:
    """Walk from node to node as barely as one can, keeping what was said and where it went."""
    said: list[str] = []
    steps: list[tuple[str, str]] = []
    while node:
        kind, leads = exits[node]
        port = _TYPES[kind](said)
        steps.append((node, port))
        node = leads.get(port, "")
    return steps
