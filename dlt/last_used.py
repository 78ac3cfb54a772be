"""When headers and templates were last sent with: operators suspend what is idle.

Written at most once an hour for each row, so that no row becomes hot.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from dlt.models import ContentTemplate, Header
from dlt.scrub.facts import Facts

ONCE_IN: Final = timedelta(hours=1)


def note_use(messages: Iterable[Facts], now: datetime) -> None:
    """Note that messages go out with these records. No statement when all were noted within the hour."""
    templates, headers = set(), set()
    for facts in messages:
        if facts.template and _is_old(facts.template.last_used, now):
            templates.add(facts.template.pk)
        if facts.header and _is_old(facts.header.last_used, now):
            headers.add(facts.header.pk)
    if templates:
        _note(ContentTemplate.objects.filter(pk__in=templates), now)
    if headers:
        _note(Header.objects.filter(pk__in=headers), now)


def _is_old(used: datetime | None, now: datetime) -> bool:
    return used is None or used < now - ONCE_IN


def _note(rows: QuerySet[Any], now: datetime) -> None:
    """Write it, unless another worker was faster."""
    rows.filter(Q(last_used=None) | Q(last_used__lt=now - ONCE_IN)).update(last_used=now)
