"""Flows as the API and the page of the canvas show them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from accounts.caller import Caller
from accounts.models import Role
from core.times import rfc3339
from flows import services
from flows.diff import Changes
from flows.diff_words import sentences
from flows.drafts import Saved
from flows.graph import dump
from flows.issues import Issue
from flows.live_issues import live_issues_of, present_live_issues
from flows.models import Flow, FlowVersion
from flows.override import names_of_admins
from flows.secrets import as_seen
from flows.versions import Calls, calls_of


def present_version(version: FlowVersion) -> dict[str, Any]:
    by = version.published_by
    return {
        "number": version.number,
        "published": rfc3339(version.published),
        "published_by": by.name if by else None,
        "note": version.note,
        "changes": version.changes,
        "override": version.override,
    }


def present_versions(versions: list[FlowVersion], flow: Flow) -> list[dict[str, Any]]:
    """Versions with what calls they had; ``live`` marks the one that new calls get."""
    calls = calls_of(versions)
    return [
        {
            **present_version(version),
            "live": version.pk == flow.live_id,
            "calls": asdict(calls.get(version.pk, Calls())),
        }
        for version in versions
    ]


def present_changes(changes: Changes) -> dict[str, Any]:
    """A comparison: in words, and for each applet, connection and start."""
    return {"same": not changes, "sentences": sentences(changes), **changes.to_json()}


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
            "graph": dump(as_seen(services.draft_of(flow), caller)),
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


def present_saved(saved: Saved, caller: Caller) -> dict[str, Any]:
    """A draft that was stored; merged with another's, also the graph that came of it and why."""
    flow = present_flow(saved.flow, caller)
    shown = {
        "hash": flow["draft"]["hash"],
        "updated": flow["draft"]["updated"],
        "issues": flow["issues"],
        "draft_differs": flow["draft_differs"],
        "merged": saved.graph is not None,
    }
    if saved.graph is None:
        return shown
    merging = {"renamed": saved.renamed, "merged_with": saved.merged_with}
    return {**shown, "graph": flow["draft"]["graph"], **merging}


def present_issues(issues: list[Issue]) -> list[dict[str, Any]]:
    return [issue.to_json() for issue in issues]
