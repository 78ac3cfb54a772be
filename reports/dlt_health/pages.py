"""Pages of the radar, the re-check and the way to typed variables."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from dlt.models import ContentTemplate, RecordState
from dlt.operators import OPERATORS
from reports.dlt_health.radar import is_untyped, radar
from reports.dlt_health.recheck import OTHER_RULES, recheck
from reports.dlt_health.typed import typed_version

COUNTS: Final = (100, 1_000, 10_000)
RULES: Final = {
    "": "The registries as they are now",
    "limit40": "Operators that allow 40 characters in a variable",
    "limit20": "Operators that allow only 20",
    "strict_alphanumeric": "Operators that take no sign in {#alphanumeric#}",
}
ROWS_PER_PAGE: Final = 25
assert RULES.keys() == OTHER_RULES.keys()  # noqa: S101 -- one sentence for each


@require_GET
@page()
def radar_page(request: AccountRequest) -> HttpResponse:
    found = radar(request.caller.account, timezone.now())
    return render(request, "dlt_health/radar.html", {"tool": "radar", "radar": found})


@require_GET
@page(Role.EDITOR)
def recheck_page(request: AccountRequest) -> HttpResponse:
    """Judge the last messages again; nothing is sent and nothing changes."""
    account = request.caller.account
    count = request.GET.get("last", "")
    last = int(count) if count in map(str, COUNTS) else 0
    template_id = request.GET.get("template", "").strip()[:20]
    rules = request.GET.get("rules", "")
    rules = rules if rules in RULES else ""
    context: dict[str, Any] = {
        "tool": "recheck",
        "chosen": {"last": last, "template": template_id, "rules": rules},
        "counts": COUNTS,
        "rules": RULES.items(),
        "named": _named(request, template_id),
    }
    if last:
        context["found"] = recheck(account, last, template_id=template_id, rules=rules)
    return render(request, "dlt_health/recheck.html", context)


def _named(request: AccountRequest, template_id: str) -> ContentTemplate | None:
    rows = ContentTemplate.objects.for_account(request.caller.account)
    return rows.filter(template_id=template_id).first() if template_id else None


@require_GET
@page(Role.EDITOR)
def typed_list(request: AccountRequest) -> HttpResponse:
    """List the templates that still have untyped variables."""
    rows = ContentTemplate.objects.for_account(request.caller.account)
    rows = rows.filter(state=RecordState.APPROVED, text__contains="#var#").order_by("name", "pk")
    untyped = [row for row in rows if is_untyped(row)]
    found = Paginator(untyped, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "dlt_health/typed_list.html", {"tool": "typed", "found": found})


@require_GET
@page(Role.EDITOR)
def typed_detail(request: AccountRequest, pk: int) -> HttpResponse:
    """Suggest the types of one template's variables, with the messages that speak for them."""
    account = request.caller.account
    rows = ContentTemplate.objects.for_account(account).select_related("entity")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    context = {
        "tool": "typed",
        "version": typed_version(account, row),
        "outside": [one.name for one in OPERATORS.values() if one.tags_outside],
    }
    return render(request, "dlt_health/typed_detail.html", context)
