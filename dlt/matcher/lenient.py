"""What a more lenient operator would say of a body that is refused. It is never sent for that.

MSG91 tells that some operators ignore punctuation and blanks and that some allow 40 characters:
https://msg91.com/help/dlt-registration-in-india/error-description-sms-not-matched-with-dlt-template
Each profile is tried by itself, on the whole body: what takes both leniencies is not claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dlt.matcher.characters import is_punctuation
from dlt.matcher.limits import Tag
from dlt.matcher.problem import NoteCode, Problem
from dlt.matcher.reach import Reach
from dlt.matcher.search import find_cut
from dlt.matcher.template import Template, compile_template

_STRICT = 30
_LENIENT = 40


def would_pass_elsewhere(template: Template, body: str) -> tuple[Problem, ...]:
    """Say under which more lenient profiles the body would match, each a note."""
    notes = []
    if _fits_without_punctuation(template, body):
        notes.append(
            Problem(
                NoteCode.PASSES_WITHOUT_PUNCTUATION,
                "Operators that ignore punctuation and blanks would pass it; others refuse it.",
            )
        )
    if _fits_40(template, body):
        notes.append(
            Problem(
                NoteCode.PASSES_WITH_LIMIT_40,
                "Operators that allow 40 characters in a variable would pass it; others refuse it.",
                limit=_LENIENT,
            )
        )
    return tuple(notes)


def _fits_without_punctuation(template: Template, body: str) -> bool:
    """Match with punctuation and blanks of the registered text left out or put in at will.

    Values obey their rules all the same.
    """
    if not _all_there([_bare(text) for text in template.literals], _bare(body)):
        return False
    reach = Reach(body)
    ignored = sum(at for char, at in reach.chars.items() if _is_ignored(char))
    places = _skipped(1, ignored)
    for part in template.parts:
        if isinstance(part, str):
            for char in part:
                if not _is_ignored(char):
                    places = _skipped((places & reach.chars.get(char, 0)) << 1, ignored)
        else:
            places = _skipped(reach.after(places, part), ignored)
        if not places:
            return False
    return bool(places & reach.end)


def _all_there(texts: Sequence[str], body: str) -> bool:
    """Say whether these texts follow each other in the body, which is quick to see."""
    at = 0
    for text in texts:
        at = body.find(text, at)
        if at < 0:
            return False
        at += len(text)
    return True


def _bare(text: str) -> str:
    return "".join(char for char in text if not _is_ignored(char))


@lru_cache(maxsize=8192)
def _is_ignored(char: str) -> bool:
    return char.isspace() or is_punctuation(char)


def _skipped(places: int, ignored: int) -> int:
    """Return these places and those behind the ignored characters that follow them.

    The carry of the addition runs through a whole run of ignored characters at once.
    """
    return places | (((places & ignored) + ignored) ^ ignored)


def _fits_40(template: Template, body: str) -> bool:
    longest = [
        _longer(template, hole.tag, length)
        for hole, length in zip(template.placeholders, template.longest, strict=True)
    ]
    if longest == list(template.longest):
        return False
    tags = [hole.name for hole in template.placeholders]
    return (
        find_cut(compile_template(template.text, template.limits, tags, longest), body) is not None
    )


def _longer(template: Template, tag: Tag, length: int) -> int:
    """Return the limit where 40 is allowed; a variable of its own, shorter limit keeps that."""
    own = length < _STRICT and length != template.limits.longest(tag)
    return length if own or tag not in (Tag.VAR, Tag.NUMERIC) else max(length, _LENIENT)
