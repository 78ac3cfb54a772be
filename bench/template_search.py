"""Which template is this body, among 1,000, 10,000 and 100,000? Against the bare automaton.

The floor is one pass of Aho and Corasick's automaton over the body, which says only which templates
may fit. Beside it: what is near, what one change costs, and what an index costs in time and memory.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from ahocorasick_rs import AhoCorasick

from bench.measure import Row, interleave, row, timed
from bench.template_corpus import Corpus
from bench.world import World
from dlt.finder.entry import Source
from dlt.finder.index import TemplateIndex
from dlt.finder.layer import anchored, cut

SIZES: Final = (1_000, 10_000, 100_000)
BODIES: Final = 400
ROUNDS: Final = 40
NEAR_BODIES: Final = 100
Built = TypeVar("Built")
NEW: Final = "This text was approved a moment ago for {#var#}"


def run(_world: World) -> Iterator[Row]:
    for size in SIZES:
        yield from _searched(size)


def _searched(size: int) -> Iterator[Row]:
    corpus = Corpus(size)
    texts = corpus.texts()
    index, building = _built(lambda: TemplateIndex(enumerate(map(Source, texts))))
    anchors = dict(anchored(cut(enumerate(map(Source, texts)))))
    automaton, bare = _built(lambda: AhoCorasick(anchors))
    bodies = list(corpus.bodies(BODIES))
    yield from _found(size, index, automaton, bodies)
    yield from _near(size, index, bodies, building)
    added = {"add": lambda: timed(lambda: _change(index, size)), "find": _each(index.find, bodies)}
    taken = interleave(added, 30, warm_up=1)
    yield row((f"one added until found, {size:,}", taken["add"]), ("find()", taken["find"]))
    yield row((f"built of {size:,}", [building]), ("automaton alone", [bare]))
    yield _memory(size, sum(map(len, texts)) / size)


def _found(
    size: int, index: TemplateIndex, automaton: AhoCorasick, bodies: list[str]
) -> Iterator[Row]:
    def scan(body: str) -> object:
        return automaton.find_matches_as_indexes(body, overlapping=True)

    first = [_each(index.find, [body])() for body in bodies]
    samples = {"find": _each(index.find, bodies), "scan": _each(scan, bodies)}
    taken = interleave(samples, ROUNDS, warm_up=2)
    floor = ("bare automaton", taken["scan"])
    yield row((f"find() among {size:,}", taken["find"]), floor, unit="us", scale=1e6)
    yield row(
        (f"find() among {size:,}", [1 / seconds for seconds in taken["find"]]),
        ("bare automaton", [1 / seconds for seconds in taken["scan"]]),
        unit="bodies/s",
        scale=1,
    )
    yield row((f"… the first of its template, {size:,}", first), floor, unit="us", scale=1e6)


def _near(size: int, index: TemplateIndex, bodies: list[str], building: float) -> Iterator[Row]:
    learning = timed(lambda: index.nearest(bodies[0]))
    unknown = [body for body in bodies if not index.find(body).keys][:NEAR_BODIES]
    samples = {"near": _each(index.nearest, unknown), "find": _each(index.find, unknown)}
    taken = interleave(samples, 5, warm_up=0)
    yield row((f"nearest() among {size:,}", taken["near"]), ("find()", taken["find"]))
    yield row((f"… prepared once, {size:,}", [learning]), ("built", [building]))


def _built(build: Callable[[], Built]) -> tuple[Built, float]:
    began = time.perf_counter()
    built = build()
    return built, time.perf_counter() - began


def _each(ask: Callable[[str], object], bodies: list[str]) -> Callable[[], float]:
    """Return a sample: the mean seconds of one body."""

    def every_body() -> None:
        for body in bodies:
            ask(body)

    return lambda: timed(every_body) / len(bodies)


def _change(index: TemplateIndex, key: int) -> None:
    """Add a template, or replace it, and find it."""
    index.add(key, Source(NEW))
    assert index.find(NEW.replace("{#var#}", "you")).keys == (key,)


def _memory(size: int, text: float) -> Row:
    """Measure in a process of its own, where nothing was allocated before."""
    command = [sys.executable, "-m", "bench.template_memory", str(size)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return row(
        (f"memory of a template among {size:,}", [float(told)]),
        ("characters of its text", [text]),
        unit="B",
        scale=1,
    )
