"""Saved test calls as the API and their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.times import rfc3339
from flows.models import FlowTest
from flows.tests.running import Result


def present_test(test: FlowTest) -> dict[str, Any]:
    return {
        "id": test.sid,
        "name": test.name,
        "document": test.document,
        "created": rfc3339(test.created),
        "updated": rfc3339(test.updated),
        "updated_by": test.updated_by,
        "last": _last(test, test.last_run) if test.last_run else None,
    }


def _last(test: FlowTest, at: datetime) -> dict[str, Any]:
    return {
        "status": test.last_status,
        "difference": test.last_difference or None,
        "use": test.last_use,
        "at": rfc3339(at),
    }


def present_run(results: Sequence[Result], use: str) -> dict[str, Any]:
    """What came of several tests."""
    by_status = [result.status for result in results]
    return {
        "use": use,
        "passed": by_status.count("passed"),
        "failed": by_status.count("failed"),
        "not_run": by_status.count("not_run"),
        "ms": sum(result.milliseconds for result in results),
        "results": [result.to_json() for result in results],
    }
