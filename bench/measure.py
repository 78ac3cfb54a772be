"""Samples, their middle and their slow end, and the row of the table they become."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Sample = Callable[[], float]
"""Prepares, does the thing once, and returns the seconds the thing itself took."""


Clock = Callable[[Callable[[], object]], float]
"""Returns the seconds a piece of work takes: ``timed`` or ``cpu``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. A figure without its baseline is not worth printing."""

    store: str
    what: str
    baseline: str
    n: int
    unit: str
    median: float
    slow_end: float
    baseline_median: float
    best: float
    baseline_best: float

    @property
    def ratio(self) -> float:
        return self.median / self.baseline_median if self.baseline_median else float("nan")

    @property
    def ratio_of_best(self) -> float:
        """What others on the machine disturb least."""
        return self.best / self.baseline_best if self.baseline_best else float("nan")


def timed(work: Callable[[], object]) -> float:
    """Return the seconds ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cpu(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that ``work`` takes in its own thread."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def interleave(samples: dict[str, Sample], n: int, warm_up: int = 5) -> dict[str, list[float]]:
    """Take ``n`` samples of each in turn (A B A B), so that a busy machine is unfair to none."""
    for sample in samples.values():
        for _ in range(warm_up):
            sample()
    taken: dict[str, list[float]] = {name: [] for name in samples}
    for _ in range(n):
        for name, sample in samples.items():
            taken[name].append(sample())
    return taken


def row(
    what: tuple[str, Sequence[float]],
    baseline: tuple[str, Sequence[float]],
    *,
    store: str = "",
    unit: str = "ms",
    scale: float = 1000.0,
) -> Row:
    """Compare two series. Of a rate ("… /s") the slow end is the 5th percentile, else the 95th."""
    name, values = what
    base_name, base_values = baseline
    is_rate = unit.endswith("/s")
    best = max if is_rate else min
    return Row(
        store=store,
        what=name,
        baseline=base_name,
        n=len(values),
        unit=unit,
        median=statistics.median(values) * scale,
        slow_end=percentile(values, 5 if is_rate else 95) * scale,
        baseline_median=statistics.median(base_values) * scale,
        best=best(values) * scale,
        baseline_best=best(base_values) * scale,
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value below which ``percent`` of the values lie (nearest rank)."""
    ordered = sorted(values)
    rank = round(percent / 100 * (len(ordered) - 1))
    return ordered[rank]


def table(rows: Sequence[Row]) -> str:
    """Return rows as an aligned text table."""
    head = (
        "store", "measured", "n", "best", "median", "p95*", "baseline", "its best", "its median",
        "of best", "ratio",
    )  # fmt: skip
    cells = [head, *(_cells(one) for one in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    left = {0, 1, 6}
    lines = [
        "  ".join(
            text.ljust(width) if column in left else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join([*lines, "* of a rate (… /s): the 5th percentile, its slow end"])


def _cells(one: Row) -> tuple[str, ...]:
    return (
        one.store,
        one.what,
        str(one.n),
        _short(one.best),
        f"{_short(one.median)} {one.unit}",
        _short(one.slow_end),
        one.baseline,
        _short(one.baseline_best),
        _short(one.baseline_median),
        f"{one.ratio_of_best:.2f} x",
        f"{one.ratio:.2f} x",
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:#.3g}".rstrip(".")
