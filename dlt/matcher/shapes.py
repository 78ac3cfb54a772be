"""Links, telephone numbers and e-mail addresses: values that follow a pattern.

Each is found once for a whole body: links and addresses as groups, where any start with any end of
the same group is a legal value, numbers by their length. Sets of positions are the bits of an int.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Group = tuple[int, int]

_GENERAL_START = re.compile(r"(?=(https?://|www\.))", re.IGNORECASE)
_WWW = re.compile(r"www\.", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z0-9+.-]*")
_UNSPACED = re.compile(r"\S*")
_LETTER = re.compile(r"[A-Za-z]")
_CBN = re.compile(r"\+?[0-9](?:[ -]*[0-9]){7,12}")
_CBN_FEWEST, _CBN_MOST = 8, 13
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{0,64}")
_EMAIL_LABEL = re.compile(r"[A-Za-z0-9-]+\.([A-Za-z]*)")


def span_mask(first: int, last: int) -> int:
    """Return the set of the positions first..last, empty when they are out of order."""
    return ((1 << (last + 1)) - 1) & ~((1 << first) - 1) if first <= last else 0


def links(body: str) -> Iterator[Group]:
    """Find links with http://, https:// or www."""
    for found in _GENERAL_START.finditer(body):
        yield 1 << found.start(), _rest_of_link(body, found.end(1))


def any_links(body: str) -> Iterator[Group]:
    """Find links with any scheme or www."""
    for mark, first in _marked(body, "://", _SCHEME):
        starts = sum(1 << letter.start() for letter in _LETTER.finditer(body, first, mark))
        yield starts, _rest_of_link(body, mark + 3)
    for found in _WWW.finditer(body):
        yield 1 << found.start(), _rest_of_link(body, found.end())


def _marked(body: str, mark: str, before: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where a mark stands and where the longest text of this kind right before it starts.

    It is read backwards from the mark, as from each possible start it could take long.
    """
    backwards = body[::-1]
    at = body.find(mark)
    while at >= 0:
        found = before.match(backwards, len(body) - at)
        yield at, len(body) - found.end() if found else at
        at = body.find(mark, at + 1)


def _rest_of_link(body: str, at: int) -> int:
    rest = _UNSPACED.match(body, at)
    return span_mask(at + 1, rest.end()) if rest else 0


def is_call_back_number(value: str) -> bool:
    """Accept 8 to 13 digits with spaces and hyphens between them, perhaps a plus before them."""
    return _CBN.fullmatch(value) is not None


def call_back_numbers(chars: Mapping[str, int], longest: int) -> Iterator[tuple[int, int]]:
    """Yield lengths, each with the set of all starts of a number of that length.

    ``chars`` tells where each character stands. Digits are counted at all places at once.
    """
    digit = sum(chars.get(char, 0) for char in "0123456789")
    gap = chars.get(" ", 0) | chars.get("-", 0)
    counted = [digit] + [0] * (_CBN_MOST - 1)
    without_plus = 0
    for length in range(2, longest + 1):
        next_digit, next_gap = digit >> (length - 1), gap >> (length - 1)
        more = [0] + [starts & next_digit for starts in counted[:-1]]
        counted = [one | (two & next_gap) for one, two in zip(more, counted, strict=True)]
        with_plus = chars.get("+", 0) & (without_plus >> 1)
        without_plus = 0
        for starts in more[_CBN_FEWEST - 1 :]:
            without_plus |= starts
        if with_plus | without_plus:
            yield length, with_plus | without_plus


def addresses(body: str) -> Iterator[Group]:
    """Find local@domain.tld with a last label of two or more letters."""
    for mark, first in _marked(body, "@", _LOCAL):
        ends, at = 0, mark + 1
        while label := _EMAIL_LABEL.match(body, at):
            at = label.start(1)
            ends |= span_mask(at + 2, label.end())
        yield span_mask(first, mark - 1), ends
