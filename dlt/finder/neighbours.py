"""Which templates share rare words with a body that fits none."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

# Features by which a template can be found, its rarest ones.
KEPT: Final = 10
# A feature that more templates share says nothing about any of them.
TOO_COMMON: Final = 3_000

_WORD: Final = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words without case and punctuation: these are what people get wrong."""
    return _WORD.findall(text.casefold())


def _template_features(literals: Iterable[str]) -> Iterator[int]:
    """Yield a number for every two neighbouring words, and for a word that stands alone."""
    for literal in literals:
        words = words_of(literal)
        yield from map(hash, pairwise(words))
        if len(words) == 1:
            yield hash(words[0])


def _body_features(body: str) -> set[int]:
    words = words_of(body)
    return {*map(hash, pairwise(words)), *map(hash, words)}


class Neighbours:
    """An inverted index in three flat arrays: about 80 bytes for each template."""

    def __init__(self, templates: Sequence[Sequence[str]]) -> None:
        self._mask = (1 << max(6, (len(templates) * 4).bit_length())) - 1
        features, ends = self._features(templates)
        counts = array("I", bytes(array("I").itemsize * (self._mask + 1)))
        for feature in features:
            counts[feature] += 1
        kept = [
            sorted(set(features[start:end]), key=counts.__getitem__)[:KEPT]
            for start, end in pairwise(ends)
        ]
        self._starts, self._places = _sorted_by_feature(kept, self._mask + 1)

    def _features(self, templates: Sequence[Sequence[str]]) -> tuple[array[int], list[int]]:
        features = array("I")
        ends = [0]
        for literals in templates:
            features.extend(feature & self._mask for feature in _template_features(literals))
            ends.append(len(features))
        return features, ends

    def nearest(self, body: str, n: int) -> list[int]:
        """Return the places of the templates that share most features with the body."""
        votes: Counter[int] = Counter()
        for feature in {feature & self._mask for feature in _body_features(body)}:
            start, end = self._starts[feature], self._starts[feature + 1]
            if end - start <= TOO_COMMON:
                votes.update(self._places[start:end])
        return [place for place, _ in votes.most_common(n)]


def _sorted_by_feature(kept: list[list[int]], size: int) -> tuple[array[int], array[int]]:
    """Return for each feature where its templates begin, and all templates in that order."""
    sizes = array("I", bytes(array("I").itemsize * (size + 1)))
    for features in kept:
        for feature in features:
            sizes[feature + 1] += 1
    starts = array("I", accumulate(sizes))
    at = array("I", starts)
    places = array("I", bytes(array("I").itemsize * starts[-1]))
    for place, features in enumerate(kept):
        for feature in features:
            places[at[feature]] = place
            at[feature] += 1
    return starts, places
