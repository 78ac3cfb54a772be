"""Expressions worked out a second, against a bare look-up of the same values in a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from applets.expressions import expression
from applets.run import CallFacts, RunView
from bench.measure import Row, interleave, row, timed
from bench.world import World

TIMES: Final = 2_000
SAMPLES: Final = 60

_RUN: Final = RunView(
    call=CallFacts("+919812345678", "+918047123300", "cal", "7KQ2M9XW4D"),
    now=datetime(2026, 1, 5, 6, 30, tzinfo=UTC),
    variables={"digits": "1"},
    nodes={"n1": {"status": 200, "json": {"name": "Meera", "total": 740}}},
    aliases={"lookup": "n1"},
    facts={},
)
_VALUES: Final[dict[str, Any]] = {"digits": "1", "nodes": {"lookup": _RUN.nodes["n1"]}}

_EXPRESSIONS: Final[dict[str, tuple[str, Callable[[], Any]]]] = {
    "a variable": ("digits", lambda: _VALUES["digits"]),
    "a path with a default": (
        'nodes.lookup.json.name ?? "there"',
        lambda: _VALUES["nodes"]["lookup"]["json"]["name"],
    ),
    "a condition": (
        'digits === "1" && nodes.lookup.json.total > 500',
        lambda: _VALUES["digits"] == "1" and _VALUES["nodes"]["lookup"]["json"]["total"] > 500,
    ),
    "a pattern": ("call.fromType.match(/MOBILE/)", lambda: _VALUES["digits"]),
}


def run(world: World) -> Iterator[Row]:
    for name, (source, bare) in _EXPRESSIONS.items():
        found = expression(source)
        taken = interleave(
            {
                "expression": partial(_rate, partial(found.find, _RUN.lookup)),
                "bare": partial(_rate, bare),
            },
            SAMPLES,
        )
        yield row(
            (f"{name}: {source}", taken["expression"]),
            ("the same by a dictionary", taken["bare"]),
            unit="per s",
            scale=1,
        )


def _rate(work: Callable[[], object]) -> float:
    def repeatedly() -> None:
        for _ in range(TIMES):
            work()

    return TIMES / timed(repeatedly)
