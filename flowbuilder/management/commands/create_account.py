"""Make an account with its first admin: how a production installation begins."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Account, Membership, Role, User
from billing.models import Balance, Price


class Command(BaseCommand):
    help = "Make an account, its first admin, and its prices; prints the admin's password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, help="short name, such as acme")
        parser.add_argument("--name", required=True, help="the business's name")
        parser.add_argument("--admin", required=True, help="e-mail address of the first admin")
        parser.add_argument(
            "--price",
            action="append",
            default=[],
            metavar="PREFIX=PAISE",
            help="price of a segment by number prefix, such as +91=16; may be repeated",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Account.objects.filter(slug=options["account"]).exists():
            raise CommandError(f"There is an account {options['account']!r} already.")
        account = Account.objects.create(slug=options["account"], name=options["name"])
        Balance.objects.create(account=account)
        for price in options["price"]:
            prefix, paise = _price(price)
            Price.objects.create(account=account, prefix=prefix, paise_per_segment=paise)
        email = options["admin"].lower()
        user, password = User.objects.filter(email=email).first(), ""
        if user is None:
            password = secrets.token_urlsafe(15)
            user = User.objects.create_user(email, password, name=email.partition("@")[0])
        Membership.objects.create(account=account, user=user, role=Role.ADMIN)
        self.stdout.write(password or f"{email} keeps the password they have.")


def _price(text: str) -> tuple[str, int]:
    prefix, _, paise = text.partition("=")
    if not (prefix.startswith("+") and paise.isdigit()):
        raise CommandError(f"A price is written like +91=16, not {text!r}.")
    return prefix, int(paise)
