"""The report's messages as CSV, streamed, with cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from core.masking import mask_numbers
from core.phone_numbers import mask
from reports.queries import GIVEN_BACK, given_back_then_delivered
from sms.models import Message
from sms.wording import reason_label, state_of

ROWS_AT_ONCE: Final = 1000
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEADINGS: Final = (
    "sid",
    "created",
    "to",
    "header",
    "text",
    "template_id",
    "template",
    "entity_id",
    "flow",
    "call_sid",
    "status",
    "state",
    "reason_code",
    "reason",
    "segments",
    "encoding",
    "cost",
    "currency",
    "sent",
    "delivered",
    "test",
)


def cell(value: str) -> str:
    """Return text that stays text in a spreadsheet: an apostrophe before what starts a formula."""
    begins = value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)
    return f"'{value}" if begins else value


def lines(rows: QuerySet[Message], *, currency: str, masked: bool) -> Iterator[str]:
    """Yield the file piece by piece, newest message first; memory stays flat however long it is."""
    yield "\ufeff" + _csv([HEADINGS])
    free = set(given_back_then_delivered(rows).values_list("pk", flat=True))
    ordered = rows.order_by("-created", "-pk")
    chunk: list[tuple[str, ...]] = []
    for message in ordered.iterator(chunk_size=ROWS_AT_ONCE):
        paise = 0 if message.pk in free else charged(message)
        chunk.append(_line(message, paise, currency=currency, masked=masked))
        if len(chunk) == ROWS_AT_ONCE:
            yield _csv(chunk)
            chunk = []
    if chunk:
        yield _csv(chunk)


def charged(message: Message) -> int:
    """Return what a message costs: nothing when it is a test, or when it never arrived."""
    return 0 if message.is_test or message.status in GIVEN_BACK else message.cost_paise


def _line(message: Message, paise: int, *, currency: str, masked: bool) -> tuple[str, ...]:
    texts = (
        message.sid,
        _moment(message.created),
        mask(message.to_number) if masked else message.to_number,
        message.sender,
        mask_numbers(message.body) if masked else message.body,
        message.dlt_template_id,
        message.template_name,
        message.dlt_entity_id,
        message.flow_name,
        message.call_sid,
        message.status,
        state_of(message.status, message.error_code, message.held).label,
        message.error_code,
        reason_label(message.error_code) if message.error_code else "",
    )
    figures = (str(message.parts), message.encoding, f"{paise / 100:.2f}", currency)
    ends = (_moment(message.sent), _moment(message.delivered), "yes" if message.is_test else "no")
    return (*(cell(text) for text in texts), *figures, *ends)


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
