"""The messages of the past, as the registries are compared with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from accounts.models import Account
from sms.models import Message
from sms.states import Status

MOST: Final = 10_000
INDIA: Final = "+91"
OF_THE_RECORDS: Final = ("dlt.entity", "dlt.header", "dlt.template", "dlt.category")


@dataclass(frozen=True, slots=True)
class Sent:
    """One message: what was asked for and what became of it. ``body`` is the text that was judged."""

    sid: str
    at: datetime
    template_id: str
    entity_id: str
    header: str
    body: str
    error_code: str

    @property
    def was_refused(self) -> bool:
        """Whether its records or its text refused it: not the receiver's wish, the hour or a link."""
        return self.error_code.startswith(OF_THE_RECORDS)


def last_messages(account: Account, count: int, template_id: str = "") -> Iterator[Sent]:
    """Yield the newest messages to Indian numbers that reached the registries, newest first."""
    rows = Message.objects.for_account(account).filter(
        direction=Message.Direction.OUTBOUND, to_number__startswith=INDIA
    )
    # Refused for other reasons, such as the balance or a value that was missing: nothing was compared.
    rows = rows.filter(~Q(status=Status.ERROR) | Q(error_code__startswith="dlt."))
    if template_id:
        rows = rows.filter(dlt_template_id=template_id)
    wanted = rows.newest_first().values_list(
        "sid", "created", "dlt_template_id", "dlt_entity_id", "sender", "body", "error_code"
    )
    for row in wanted[: min(count, MOST)].iterator(chunk_size=1000):
        yield Sent(*row)
