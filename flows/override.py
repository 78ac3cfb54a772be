"""Publishing despite DLT problems or failing tests: by an admin, with a reason, for everybody to see.

It publishes; it never sends. Each message is scrubbed when a call runs, and refused as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from accounts.caller import Caller
from accounts.models import Role
from accounts.people import admins_of
from core.errors import DomainError
from core.times import rfc3339
from flows.issues import Issue

FEWEST_WORDS: Final = 3
LONGEST_REASON: Final = 300
MOST_STORED: Final = 100


class OverrideNotAllowed(DomainError):
    """An editor asked for what an admin may do."""

    code: ClassVar[str] = "flows.override_not_allowed"
    message: ClassVar[str] = "Only an admin may publish a flow despite its problems. Ask {admins}."
    status: ClassVar[int] = 403


class OverrideReason(DomainError):
    """The reason is for those who later wonder why messages are refused."""

    code: ClassVar[str] = "flows.override_reason"
    message: ClassVar[str] = (
        "Say why the flow is published despite its problems, in {words} words or more."
    )


@dataclass(frozen=True, slots=True)
class Override:
    """What an admin takes on. No ``codes``: every problem that can be taken on."""

    reason: str
    codes: frozenset[str] = frozenset()

    def covers(self, issue: Issue) -> bool:
        return issue.overridable and (not self.codes or issue.code in self.codes)


def check_override(caller: Caller, override: Override) -> None:
    """Raise OverrideNotAllowed or OverrideReason."""
    if not caller.may(Role.ADMIN):
        raise OverrideNotAllowed(admins=names_of_admins(caller))
    if len(override.reason.split()) < FEWEST_WORDS:
        raise OverrideReason(field="override.reason", words=FEWEST_WORDS)


def names_of_admins(caller: Caller) -> str:
    """Say whom to ask: "Ravi Menon or Leela Rao"."""
    names = [user.name or user.email for user in admins_of(caller.account)]
    return " or ".join(names) or "an admin"


def split(issues: Iterable[Issue], override: Override | None) -> tuple[list[Issue], list[Issue]]:
    """Return the errors that stop publishing, and those that are overridden."""
    errors = [issue for issue in issues if issue.severity == "error"]
    covered = [issue for issue in errors if override is not None and override.covers(issue)]
    return [issue for issue in errors if issue not in covered], covered


def stored(
    caller: Caller, override: Override, issues: Sequence[Issue], now: datetime
) -> dict[str, Any]:
    """Return what the version keeps of it for good."""
    return {
        "by": caller.user.name if caller.user and caller.user.name else caller.actor,
        "actor": caller.actor,
        "at": rfc3339(now),
        "reason": override.reason.strip()[:LONGEST_REASON],
        "count": len(issues),
        "issues": [
            {"code": issue.code, "message": issue.message, "node": issue.node}
            for issue in issues[:MOST_STORED]
        ],
    }
