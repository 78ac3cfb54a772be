"""``python manage.py create_api_key --account demo --name NAME`` prints a key and nothing else."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.keys import create_key
from accounts.models import Account, Role


class Command(BaseCommand):
    help = "Make an API key for an account and print it. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, help="the account's short name")
        parser.add_argument("--name", required=True, help="what the key is for")
        parser.add_argument("--role", default=Role.EDITOR.value, choices=Role.values)

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(slug=options["account"]).first()
        if account is None:
            known = ", ".join(Account.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise CommandError(f"No account {options['account']!r}. Accounts: {known or 'none'}.")
        _, secret = create_key(account=account, name=options["name"], role=Role(options["role"]))
        self.stdout.write(secret)
