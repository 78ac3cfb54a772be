"""Third stage: the price, and the money set aside for it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Account
from billing import services as billing
from sms.models import Message
from sms.pipeline.compose import Trace
from sms.states import Status


def price(*, account: Account, number: str, parts: int, trace: Trace) -> int:
    """Return what the message costs in paise; raises NoPrice."""
    each = billing.price_per_segment(account=account, number=number)
    trace.passed("price", f"{parts} × {account.currency} {each / 100:.2f}.", paise=each * parts)
    return each * parts


def hold(message: Message, at: datetime) -> None:
    """Set the money aside; raises InsufficientBalance. Test calls cost nothing."""
    if message.is_test or not message.cost_paise:
        return
    billing.hold(account=message.account, paise=message.cost_paise, reference=message.sid, at=at)


def settle(message: Message, before: str, at: datetime) -> None:
    """Charge a delivered message; give the money back for one that never arrived.

    A message reported delivered after the carrier gave it up keeps its money back: the report decides, once.
    """
    if message.is_test or not message.cost_paise:
        return
    if message.status == Status.DELIVERED and before not in {Status.FAILED, Status.EXPIRED}:
        billing.capture(
            account=message.account, paise=message.cost_paise, reference=message.sid, at=at
        )
    elif message.status in {Status.ERROR, Status.FAILED, Status.EXPIRED}:
        billing.release(
            account=message.account, paise=message.cost_paise, reference=message.sid, at=at
        )
