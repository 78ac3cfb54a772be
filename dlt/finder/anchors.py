"""By which piece of its registered text a template is looked for: the rarest one it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

# A longer text is cut: the automaton needs about 12 bytes for each character of its anchors.
LONGEST: Final = 48
# Shorter pieces occur in bodies of other templates, however rare they are as pieces.
TELLING: Final = 8
# Shorter ones are found in every body: such a template is compared each time.
SHORTEST: Final = 3


def pieces(literals: Sequence[str]) -> Iterator[str]:
    """Yield the texts a template could be looked for by."""
    for literal in literals:
        last = len(literal) - LONGEST
        if last > 0:
            yield from (literal[at : at + LONGEST] for at in range(0, last, LONGEST))
            yield literal[last:]
        elif len(literal) >= SHORTEST:
            yield literal


def count_pieces(templates: Sequence[tuple[str, ...]]) -> Counter[str]:
    """Return in how many templates each piece stands."""
    return Counter(piece for literals in templates for piece in set(pieces(literals)))


def choose(literals: Sequence[str], counts: Mapping[str, int]) -> str:
    """Return the rarest telling piece, the longest of equals; empty when there is none at all."""
    return min(
        pieces(literals),
        key=lambda piece: (len(piece) < TELLING, counts.get(piece, 0), -len(piece), piece),
        default="",
    )
