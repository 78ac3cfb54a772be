"""Flows as the API and the page of the canvas show them."""

from __future__ import annotations

from typing import Any

from accounts.caller import Caller
from accounts.models import Role
from core.times import rfc3339
from flows import services
from flows.graph import dump
from flows.issues import Issue
from flows.models import Flow, FlowVersion


def present_version(version: FlowVersion) -> dict[str, Any]:
    by = version.published_by
    return {
        "number": version.number,
        "published": rfc3339(version.published),
        "published_by": by.name if by else None,
        "note": version.note,
    }


def present_summary(flow: Flow, numbers: list[str]) -> dict[str, Any]:
    """A flow in a list: without its graph."""
    return {
        "id": flow.sid,
        "name": flow.name,
        "updated": rfc3339(flow.draft_updated),
        "updated_by": flow.draft_updated_by,
        "live": present_version(flow.live) if flow.live else None,
        "draft_differs": services.draft_differs(flow),
        "numbers": numbers,
    }


def present_flow(flow: Flow, caller: Caller) -> dict[str, Any]:
    """A flow as the canvas opens it."""
    may_edit = caller.may(Role.EDITOR)
    return {
        "id": flow.sid,
        "name": flow.name,
        "draft": {
            "graph": dump(services.draft_of(flow)),
            "hash": flow.draft_hash,
            "updated": rfc3339(flow.draft_updated),
            "updated_by": flow.draft_updated_by,
        },
        "live": present_version(flow.live) if flow.live else None,
        "draft_differs": services.draft_differs(flow),
        "issues": present_issues(services.issues_of_draft(flow)),
        "numbers": services.numbers_of(flow),
        "can_edit": may_edit,
        "can_publish": may_edit,
    }


def present_issues(issues: list[Issue]) -> list[dict[str, Any]]:
    return [issue.to_json() for issue in issues]
