"""``python manage.py test_flows --account SLUG [--flow SID]``: run saved test calls; exit code 1 when one
fails."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Account
from flows.models import Flow
from flows.tests.running import Result
from flows.tests.services import run_saved

_WORDS = {"passed": "passed", "failed": "FAILED", "not_run": "not run"}


class Command(BaseCommand):
    help = "Run the saved test calls of an account's flows and print what came of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, help="the account's short name")
        parser.add_argument("--flow", default="", help="only the flow with this id")
        parser.add_argument("--use", choices=("draft", "live"), default="draft")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(slug=options["account"]).first()
        if account is None:
            raise CommandError(f"No account {options['account']!r}.")
        results = [
            (flow, result)
            for flow in self._flows(account, options["flow"], options["use"])
            for result in run_saved(flow=flow, use=options["use"], now=timezone.now())
        ]
        self._print(results)
        if any(result.status != "passed" for _, result in results):
            sys.exit(1)

    def _flows(self, account: Account, sid: str, use: str) -> list[Flow]:
        flows = Flow.objects.for_account(account).in_use().filter(tests__isnull=False).distinct()
        if use == "live":
            flows = flows.filter(live__isnull=False)
        if sid:
            flows = flows.filter(sid=sid)
            if not Flow.objects.for_account(account).in_use().filter(sid=sid).exists():
                raise CommandError(f"No flow {sid!r} in this account.")
        return list(flows.select_related("account", "live").order_by("name"))

    def _print(self, results: list[tuple[Flow, Result]]) -> None:
        wide = max((len(result.name) for _, result in results), default=0)
        for flow, result in results:
            line = f"{_WORDS[result.status]:<8} {result.name:<{wide}}  {result.milliseconds:>5} ms"
            self.stdout.write(f"{line}  {flow.name}")
            for difference in result.differences:
                self.stdout.write(f"         {difference}")
        passed = sum(result.status == "passed" for _, result in results)
        self.stdout.write(f"{passed} of {len(results)} test calls passed.")
