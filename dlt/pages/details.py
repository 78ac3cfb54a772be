"""One record of a registry: what it is, what may be done to it, what happened to it, who uses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.caller import AccountRequest
from accounts.models import Account, Role
from accounts.pages import page
from dlt.audit_trail import history_of
from dlt.identifiers import is_provisional
from dlt.lists import REGISTRY_IDS, find_record
from dlt.matcher.limits import DEFAULT_LIMITS
from dlt.models import Chain, ContentTemplate, Header, PrincipalEntity, Record, Telemarketer
from dlt.operators import OPERATORS, operator_of
from dlt.pages.kinds import names_of
from dlt.pages.registries import ON_THE_DESK
from dlt.registry import LABELS
from dlt.reviews import findings_of, handset_header
from dlt.rules import Rules, compile_row, rules_of
from dlt.services.chains import warnings_about
from dlt.services.headers import CATEGORIES
from dlt.services.template_edits import OPERATOR_STATES
from dlt.services.undo import undo_problem
from dlt.transitions import verbs_from
from dlt.usage import uses_of

# These have a button of their own; the others are behind “More”.
_UP_FRONT: Final = frozenset({"submit", "suspend", "reinstate", "discard"})
_UNSURE: Final = frozenset({"discard", "retire"})
LINKED_SHOWN: Final = 12


def record_or_404(request: AccountRequest, kind: str, pk: int) -> Any:
    row = find_record(request.caller.account, kind, str(pk))
    if row is None:
        raise Http404
    return row


@require_GET
@page()
def record_detail(request: AccountRequest, kind: str, pk: int) -> HttpResponse:
    row = record_or_404(request, kind, pk)
    context = {
        **common(request, kind, row),
        "facts": list(_facts(row)),
        "linked": list(_linked(row)),
    }
    if isinstance(row, Chain):
        members = [link.telemarketer for link in row.links.order_by("position")]
        context |= {"members": members, "cautions": warnings_about(row.entity, members)}
    return render(request, "dlt/record.html", context)


def common(request: AccountRequest, kind: str, row: Record) -> dict[str, Any]:
    """Return what every record's page shows: states, verbs, history, undo."""
    now = timezone.now()
    verbs: list[dict[str, Any]] = [
        {"verb": verb, "asks": verb.needs_reason or verb.name in _UNSURE}
        for verb in verbs_from(kind, row.state)
        if verb.name not in ON_THE_DESK and request.caller.may(verb.role)
    ]
    own_id = getattr(row, REGISTRY_IDS.get(kind, ""), "") if kind in REGISTRY_IDS else ""
    return {
        **names_of(kind),
        "row": row,
        "own_id": "" if is_provisional(own_id) else own_id,
        "operator": operator_of(own_id),
        "verbs": [one for one in verbs if one["verb"].name in _UP_FRONT],
        "more_verbs": [one for one in verbs if one["verb"].name not in _UP_FRONT],
        "asking": [one["verb"] for one in verbs if one["asks"]],
        "history": history_of(request.caller.account, row),
        "may_undo": not undo_problem(request.caller, row, now),
        "findings": findings_of(row),
        "may_submit": request.caller.may(Role.EDITOR),
        "may_decide": request.caller.may(Role.ADMIN),
        "may_edit": _may_edit(request, kind, row),
    }


def _may_edit(request: AccountRequest, kind: str, row: Record) -> bool:
    return (
        kind != "chain"
        and request.caller.may(Role.EDITOR)
        and row.state not in ("retired", "superseded")
        and not (kind == "cta" and row.is_sendable)
    )


def _facts(row: Any) -> Iterator[tuple[str, str, str]]:
    """Yield label, value, and how it looks: "", "mono" or "copy"."""
    kind = row.record_kind
    if kind in REGISTRY_IDS and getattr(row, REGISTRY_IDS[kind]):
        yield f"{LABELS[kind]} ID", getattr(row, REGISTRY_IDS[kind]), "copy"
    if isinstance(row, Chain):
        yield "Hash", row.hash, "copy"
    if isinstance(row, Header):
        yield "Kind", row.get_kind_display(), ""
        if row.category_digit:
            yield "Category", f"{row.category_digit}: {CATEGORIES[row.category_digit]}", ""
        until = f"{row.valid_until:%d %b %Y}" if row.valid_until else "No end"
        yield "Valid until", until, ""
    if kind == "telemarketer":
        yield "Role", row.get_role_display(), ""
    yield from _facts_of_texts(row)
    if kind not in ("entity", "telemarketer"):
        yield "Entity", f"{row.entity.name} ({row.entity.pe_id})", ""
    yield from _history_facts(row)


def _facts_of_texts(row: Any) -> Iterator[tuple[str, str, str]]:
    if row.record_kind == "cta":
        yield "Kind", row.get_kind_display(), ""
        yield "Compared as", row.compared, "mono"
    if row.record_kind == "consent":
        yield "Brand", row.brand, ""


def _history_facts(row: Any) -> Iterator[tuple[str, str, str]]:
    yield "Source", row.get_source_display(), ""
    if row.maker:
        yield "Submitted by", row.maker, ""
    if row.decider:
        yield "Decided by", row.decider, ""


def _linked(row: Any) -> Iterator[dict[str, Any]]:
    """Yield the records that hang on this one."""
    if isinstance(row, PrincipalEntity):
        query = f"entity={row.pe_id}"
        for kind, rows in (
            ("header", row.headers.order_by("value")),
            ("template", row.templates.order_by("-pk")),
            ("chain", row.chains.order_by("-pk")),
            ("cta", row.ctas.order_by("-pk")),
            ("consent", row.consent_templates.order_by("name")),
        ):
            yield _some(kind, rows, query)
    elif isinstance(row, Telemarketer):
        yield _some("chain", row.chains.order_by("-pk"), f"q={row.tm_id}")
    elif isinstance(row, Header):
        yield _some("template", row.templates.order_by("-pk"), f"q={row.value}")
        yield _some("consent", row.consent_templates.order_by("name"), "")
    elif row.record_kind == "consent":
        yield _some("header", row.headers.order_by("value"), "")
        yield _some("template", row.templates.order_by("-pk"), "")


def _some(kind: str, rows: Any, query: str) -> dict[str, Any]:
    names = names_of(kind)
    shown = list(rows[: LINKED_SHOWN + 1])
    more = len(shown) > LINKED_SHOWN
    return {**names, "rows": shown[:LINKED_SHOWN], "more": more, "query": query}


@require_GET
@page()
def template_detail(request: AccountRequest, pk: int) -> HttpResponse:
    row = record_or_404(request, "template", pk)
    account = request.caller.account
    headers = sorted(row.headers.all(), key=lambda header: header.value)
    rules = rules_of(account)
    context = {
        **common(request, "template", row),
        "headers": headers,
        "variables": list(_variables(row, rules)),
        "shown_as": handset_header(headers[0].value, row.category) if headers else "",
        "operator_states": _operator_states(row),
        "state_choices": OPERATOR_STATES,
        "operators": OPERATORS.values(),
        "today": timezone.now().date(),
        "uses": uses_of(account, [row.template_id]),
        "versions": versions_of(account, row),
        "successors": list(row.successors.order_by("pk")),
        "fact_dates": _dates(row),
    }
    return render(request, "dlt/template_detail.html", context)


def _dates(row: ContentTemplate) -> list[tuple[str, datetime]]:
    known = (("Submitted", row.submitted), ("Decided", row.decided), ("Last used", row.last_used))
    return [(label, moment) for label, moment in known if moment]


def _variables(row: ContentTemplate, rules: Rules) -> Iterator[dict[str, Any]]:
    """Yield each variable with its limit and whose word the limit is."""
    compiled = compile_row(row, rules)
    for hole, longest in zip(compiled.placeholders, compiled.longest, strict=True):
        said = row.variables[hole.index - 1] if hole.index <= len(row.variables) else {}
        yield {
            "index": hole.index,
            "tag": hole.tag,
            "outside": bool(said.get("tag")),
            "limit": longest,
            "from": _limit_from(row, rules, said, hole.tag),
            "sample": said.get("sample", ""),
            "name": said.get("name", ""),
        }


def _limit_from(row: ContentTemplate, rules: Rules, said: dict[str, Any], tag: Any) -> str:
    """Say where a limit comes from; the nearest word counts."""
    if said.get("limit"):
        return "this variable"
    if row.limit is not None:
        return "this template"
    operator = operator_of(row.template_id)
    there = rules.limits_of(row.template_id).longest(tag)
    if operator and there != rules.account.longest(tag):
        return f"profile of {operator.name}"
    if rules.account.longest(tag) != DEFAULT_LIMITS.longest(tag):
        return "your settings"
    return "the usual limit"


def _operator_states(row: ContentTemplate) -> list[dict[str, Any]]:
    return [
        {"name": OPERATORS[slug].name, "slug": slug, **said}
        for slug, said in sorted(row.operators.items())
        if slug in OPERATORS
    ]


def versions_of(account: Account, row: ContentTemplate) -> list[ContentTemplate]:
    """Return the versions before this one, nearest first."""
    found: list[ContentTemplate] = []
    before, seen = row.supersedes, {row.pk}
    while before is not None and before.pk not in seen and len(found) < LINKED_SHOWN:
        found.append(before)
        seen.add(before.pk)
        before = before.supersedes
    return [version for version in found if version.account_id == account.pk]
