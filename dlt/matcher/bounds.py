"""Where a value can stand at most: enough to refuse most bodies without a search.

A registered text cannot stand before its nearest place behind the text before it, nor behind its
furthest place before the text that follows. A value that is too long or of the wrong type between
two texts that have one place each needs no more than that.
"""

from __future__ import annotations

from dlt.matcher.template import Template


def ruled_out(template: Template, body: str, slot: int, start: int, end: int) -> bool:
    """Say whether no cut can fit, given the first slot whose nearest value is not legal.

    ``start`` and ``end`` are the nearest places of that value, 0 the first slot. The body starts as
    registered.
    """
    if template.last is None or not body.endswith(template.tail):
        return True
    furthest = len(body) - len(template.tail)
    for _, _, literal, _ in reversed(template.steps[slot:]):
        furthest = _before(body, literal, furthest)
    if furthest < end:
        return True
    last_start = start
    if slot:
        _, _, literal, width = template.steps[slot - 1]
        last_start = _before(body, literal, furthest) + width
    return end - last_start > template.slots[slot].capacity or (
        last_start == start and furthest == end
    )


def _before(body: str, literal: str, end: int) -> int:
    """Return the last place of this text that leaves a character up to ``end``, -1 without one."""
    return body.rfind(literal, 0, end - 1) if end > 0 else -1
