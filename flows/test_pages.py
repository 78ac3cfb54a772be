"""Pages of a flow's saved test calls: the list with what came of them, and the page that edits one."""

from __future__ import annotations

import json
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.caller import AccountRequest
from accounts.models import Role
from accounts.pages import page
from core.errors import DomainError, NotFound
from flows.models import Flow, FlowTest
from flows.services import draft_of, flow_named
from flows.tests.coverage import coverage
from flows.tests.document import Document, local_now
from flows.tests.drawing import places_of
from flows.tests.services import (
    MOST_TESTS,
    change_test,
    create_test,
    delete_test,
    run_saved,
    test_named,
    tests_of,
)

LOOKED_AT: Final = 1.0
"""Seconds the list may take to work its coverage out."""


@never_cache
@require_GET
@page()
def test_list(request: AccountRequest, sid: str) -> HttpResponse:
    """List a flow's test calls with what came of them last."""
    flow = _flow(request, sid)
    tests = tests_of(flow)
    context = {
        "flow": flow,
        "tests": tests,
        "failed": sum(test.last_status == "failed" for test in tests),
        "coverage": coverage(flow, draft_of(flow), tests, seconds=LOOKED_AT) if tests else None,
        "may_edit": request.caller.may(Role.EDITOR),
        "most": MOST_TESTS,
    }
    return render(request, "flows/tests.html", context)


@require_POST
@page(Role.EDITOR)
def run_tests(request: AccountRequest, sid: str) -> HttpResponse:
    """Run all test calls on the draft, then show the list."""
    flow = _flow(request, sid)
    results = run_saved(flow=flow, use="draft", now=timezone.now())
    passed = sum(result.status == "passed" for result in results)
    tell = messages.success if passed == len(results) else messages.error
    tell(request, f"{passed} of {len(results)} test calls passed.")
    return redirect("flow-tests", sid=flow.sid)


@never_cache
@require_http_methods(["GET", "POST"])
@page()
def new_test(request: AccountRequest, sid: str) -> HttpResponse:
    """Write a test call by hand."""
    return _edit(request, _flow(request, sid), None)


@never_cache
@require_http_methods(["GET", "POST"])
@page()
def edit_test(request: AccountRequest, sid: str, test: str) -> HttpResponse:
    """Show a test call, and change it."""
    flow = _flow(request, sid)
    return _edit(request, flow, _test(flow, test))


@require_POST
@page(Role.EDITOR)
def remove_test(request: AccountRequest, sid: str, test: str) -> HttpResponse:
    """Delete a test call."""
    flow = _flow(request, sid)
    found = _test(flow, test)
    delete_test(caller=request.caller, test=found, now=timezone.now())
    messages.success(request, f"“{found.name}” was deleted.")
    return redirect("flow-tests", sid=flow.sid)


def _flow(request: AccountRequest, sid: str) -> Flow:
    try:
        return flow_named(request.caller.account, sid)
    except NotFound:
        raise Http404 from None


def _test(flow: Flow, sid: str) -> FlowTest:
    try:
        return test_named(flow, sid)
    except NotFound:
        raise Http404 from None


def _edit(request: AccountRequest, flow: Flow, test: FlowTest | None) -> HttpResponse:
    text, complaint = _shown(test.document if test else _blank(flow)), ""
    if request.method == "POST":
        if not request.caller.may(Role.EDITOR):
            raise PermissionDenied
        text = request.POST.get("document", "")
        try:
            saved = _save(request, flow, test, text)
        except DomainError as error:
            complaint = str(error)
        else:
            messages.success(request, f"“{saved.name}” is saved.")
            return redirect("flow-tests", sid=flow.sid)
    context = {
        "flow": flow,
        "test": test,
        "text": text,
        "complaint": complaint,
        "may_edit": request.caller.may(Role.EDITOR),
        "data": {"flow": flow.sid, **places_of(draft_of(flow))},
    }
    return render(request, "flows/test.html", context, status=422 if complaint else 200)


def _save(request: AccountRequest, flow: Flow, test: FlowTest | None, text: str) -> FlowTest:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        document = text  # which is no object: the sentence says so
    now = timezone.now()
    if test is None:
        return create_test(request.caller, flow, document, now)
    return change_test(caller=request.caller, test=test, document=document, now=now)


def _blank(flow: Flow) -> dict[str, Any]:
    """A test call of now, which expects nothing yet."""
    zone = flow.account.time_zone
    number = flow.numbers.order_by("e164").values_list("e164", flat=True).first()
    given = {"name": "New test call", "at": local_now(zone, timezone.now()), "zone": zone}
    called = {"called": number} if number else {}
    return Document.model_validate({**given, **called}).to_json()


def _shown(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
