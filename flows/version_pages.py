"""Pages of a flow's versions: the timeline, one version drawn, two compared, and the ways back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError, NotFound
from flows import versions
from flows.diff_words import sentences
from flows.models import Flow, FlowVersion
from flows.picture import picture
from flows.services import FlowNotPublishable, draft_differs, flow_named
from flows.versions import DRAFT, LIVE, Calls

VERSIONS_PER_PAGE: Final = 20
MOST_CHOICES: Final = 200
SENTENCES_SHOWN: Final = 6
ERRORS_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One version in the timeline."""

    version: FlowVersion
    is_live: bool
    calls: Calls

    @property
    def shown(self) -> list[str]:
        changes = self.version.changes or {}
        kept: list[str] = changes.get("sentences", [])[:SENTENCES_SHOWN]
        return kept

    @property
    def more(self) -> int:
        changes = self.version.changes or {}
        return int(changes.get("count", 0)) - len(self.shown)

    @property
    def before(self) -> int:
        """The version to compare it with; 0: it is the first."""
        return self.version.number - 1


def flow_or_404(request: AccountRequest, sid: str) -> Flow:
    try:
        return flow_named(request.caller.account, sid)
    except NotFound:
        raise Http404 from None


def _entries(flow: Flow, rows: list[FlowVersion]) -> list[Entry]:
    calls = versions.calls_of(rows)
    return [Entry(row, row.pk == flow.live_id, calls.get(row.pk, Calls())) for row in rows]


@require_GET
@page()
def version_list(request: AccountRequest, sid: str) -> HttpResponse:
    """Show a flow's versions, newest first, above them what the draft would change."""
    flow = flow_or_404(request, sid)
    rows = versions.versions_of(flow)
    found = Paginator(rows, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    changed = flow.live is not None and draft_differs(flow)
    lines = (
        sentences(versions.changes_between(flow, LIVE, DRAFT, request.caller)) if changed else []
    )
    context = {
        "flow": flow,
        "found": found,
        "entries": _entries(flow, list(found)),
        "changed": changed,
        "lines": lines[:SENTENCES_SHOWN],
        "more": len(lines) - SENTENCES_SHOWN,
        "choices": _choices(flow),
        "old": LIVE,
        "new": DRAFT,
    }
    return render(request, "flows/versions.html", context)


def _choices(flow: Flow) -> list[tuple[str, str]]:
    """Return what can be compared, as ``[(word, label)]``."""
    numbers = versions.versions_of(flow).values_list("number", flat=True)[:MOST_CHOICES]
    live = [(LIVE, f"Live (version {flow.live.number})")] if flow.live else []
    return [(DRAFT, "Draft"), *live, *((str(number), f"Version {number}") for number in numbers)]


@require_GET
@page()
def version_detail(request: AccountRequest, sid: str, number: int) -> HttpResponse:
    """Show one version drawn, with the two ways back to it."""
    flow = flow_or_404(request, sid)
    try:
        version = versions.version_numbered(flow, number)
    except NotFound:
        raise Http404 from None
    graph = versions.graph_at(flow, str(number))
    (entry,) = _entries(flow, [version])
    lost = []
    if request.caller.may(Role.EDITOR) and (flow.live is None or draft_differs(flow)):
        base = LIVE if flow.live else str(number)
        lost = sentences(versions.changes_between(flow, base, DRAFT, request.caller))
    context = {
        "flow": flow,
        "version": version,
        "entry": entry,
        "drawn": picture(graph),
        "applets": len(graph.nodes),
        "may_edit": request.caller.may(Role.EDITOR),
        "lost": lost[:SENTENCES_SHOWN],
        "more_lost": len(lost) - SENTENCES_SHOWN,
    }
    return render(request, "flows/version.html", context)


@require_GET
@page()
def version_compare(request: AccountRequest, sid: str) -> HttpResponse:
    """Compare two of a flow's graphs, in a table and as a marked drawing."""
    flow = flow_or_404(request, sid)
    old, new = request.GET.get("from", LIVE), request.GET.get("to", DRAFT)
    try:
        changes = versions.changes_between(flow, old, new, request.caller)
        before, after = versions.graph_at(flow, old), versions.graph_at(flow, new)
    except DomainError:
        raise Http404 from None
    labels = dict(_choices(flow))
    context = {
        "flow": flow,
        "changes": changes,
        "lines": sentences(changes),
        "drawn": picture(after, before),
        "choices": _choices(flow),
        "old": old,
        "new": new,
        "old_label": labels.get(old, f"Version {old}"),
        "new_label": labels.get(new, f"Version {new}"),
    }
    return render(request, "flows/compare.html", context)


@require_POST
@page(Role.EDITOR)
def version_restore(request: AccountRequest, sid: str, number: int) -> HttpResponse:
    """Make a version the draft, and open it."""
    flow = flow_or_404(request, sid)
    try:
        versions.restore_version(
            caller=request.caller,
            flow=flow,
            number=number,
            base_hash=request.POST.get("draft", ""),
            now=timezone.now(),
        )
    except NotFound:
        raise Http404 from None
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("flow-version", sid=sid, number=number)
    return redirect("flow", sid=sid)


@require_POST
@page(Role.EDITOR)
def version_publish(request: AccountRequest, sid: str, number: int) -> HttpResponse:
    """Make a version live again, as the newest."""
    flow = flow_or_404(request, sid)
    try:
        version = versions.publish_version(
            caller=request.caller,
            flow=flow,
            number=number,
            note=request.POST.get("note", ""),
            now=timezone.now(),
        )
    except NotFound:
        raise Http404 from None
    except DomainError as error:
        messages.error(request, _told(error))
        return redirect("flow-version", sid=sid, number=number)
    messages.success(request, f"Version {version.number} is live.")
    return redirect("flow-versions", sid=sid)


def _told(error: DomainError) -> str:
    if not isinstance(error, FlowNotPublishable):
        return str(error)
    issues = error.context["issues"]
    found = issues if isinstance(issues, list) else []
    wrong = [issue["message"] for issue in found if issue["severity"] == "error"]
    return " ".join((str(error), *wrong[:ERRORS_TOLD]))
