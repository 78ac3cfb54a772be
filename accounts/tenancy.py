"""Every query starts from the account."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from accounts.models import Account

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """Rows of models that have an ``account``."""

    def for_account(self, account: Account) -> Self:
        return self.filter(account=account)

    def newest_first(self) -> Self:
        return self.order_by("-pk")
