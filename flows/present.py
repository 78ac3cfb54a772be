"""Flows as the API and the page of the canvas show them."""

from __future__ import annotations

from typing import Any

from accounts.caller import Caller
from accounts.models import Role
from core.times import rfc3339
from flows import services
from flows.graph import dump
from flows.issues import Issue
from flows.live_issues import live_issues_of, present_live_issues
from flows.models import Flow, FlowVersion
from flows.override import names_of_admins


def present_version(version: FlowVersion) -> dict[str, Any]:
    by = version.published_by
    return {
        "number": version.number,
        "published": rfc3339(version.published),
        "published_by": by.name if by else None,
        "note": version.note,
        "override": version.override,
    }


def present_summary(flow: Flow, numbers: list[str], live: list[Issue]) -> dict[str, Any]:
    """A flow in a list: without its graph. ``live``: what is wrong with its live version."""
    return {
        "id": flow.sid,
        "name": flow.name,
        "updated": rfc3339(flow.draft_updated),
        "updated_by": flow.draft_updated_by,
        "live": present_version(flow.live) if flow.live else None,
        "draft_differs": services.draft_differs(flow),
        "live_issues": present_live_issues(flow, live),
        "numbers": numbers,
    }


def present_flow(flow: Flow, caller: Caller) -> dict[str, Any]:
    """A flow as the canvas opens it."""
    may_edit = caller.may(Role.EDITOR)
    may_override = caller.may(Role.ADMIN)
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
        "live_issues": present_live_issues(flow, live_issues_of(flow)),
        "numbers": services.numbers_of(flow),
        "can_edit": may_edit,
        "can_publish": may_edit,
        "can_override": may_override,
        "admins": "" if may_override else names_of_admins(caller),
    }


def present_issues(issues: list[Issue]) -> list[dict[str, Any]]:
    return [issue.to_json() for issue in issues]
