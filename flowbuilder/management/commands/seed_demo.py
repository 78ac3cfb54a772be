"""Fill an empty database with the demo account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.caller import Caller, caller_for
from accounts.models import Account, Role, User
from accounts.notices import mark_read, notices_of
from billing.models import Price
from billing.services import top_up
from flowbuilder.demo.flow_gallery import create_flows
from flowbuilder.demo.history import create_history
from flowbuilder.demo.people import create_people
from flowbuilder.demo.records import create_records

PRICES = {"+91": 16, "+": 450}


class Command(BaseCommand):
    help = "Make the demo account: people, DLT records, flows, numbers and a month of history."

    def handle(self, *args: Any, **options: Any) -> None:
        if Account.objects.filter(slug="demo").exists():
            raise CommandError("There is a demo account already.")
        now = timezone.now()
        with transaction.atomic():
            account = Account.objects.create(slug="demo", name="Acme Retail")
            people = create_people(account)
            editor, admin = _caller(people[Role.EDITOR]), _caller(people[Role.ADMIN])
            began = now - timedelta(days=33)
            top_up(account=account, paise=500_000, note="Demo money", at=began)
            for prefix, paise in PRICES.items():
                Price.objects.create(account=account, prefix=prefix, paise_per_segment=paise)
            create_records(editor, admin, now)
            flows = create_flows(editor, admin, began)
        create_history(account, flows, now, getattr(settings, "DEMO_DAYS", 30))
        for person in (editor, admin):
            _read_what_is_old(person, now)


def _read_what_is_old(person: Caller, now: datetime) -> None:
    """Leave unread what happened in the last week: people look at their notices."""
    old = notices_of(person).filter(at__lt=now - timedelta(days=7))
    mark_read(caller=person, ids=[notice.pk for notice in old], now=now)


def _caller(user: User) -> Caller:
    caller = caller_for(user)
    assert caller  # noqa: S101 -- made a member just now
    return caller
