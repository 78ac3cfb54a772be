"""The contract between the pipeline and whoever carries messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from sms.states import Status


@dataclass(frozen=True, slots=True)
class Submission:
    """One message as a carrier needs it. ``reference`` is our sid: sent twice, it is one message."""

    reference: str
    to: str
    sender: str
    body: str
    encoding: str
    parts: int
    dlt_entity_id: str = ""
    dlt_template_id: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The carrier has it and calls it ``message_id``."""

    message_id: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The carrier will never take it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The carrier surely does not have it: trying again is safe."""

    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The carrier may have it. It is never sent again silently; a receipt or a query settles it."""

    words: str


Outcome = Submitted | Refused | Unreachable | Unknown


@dataclass(frozen=True, slots=True)
class Receipt:
    """A carrier's report in our words. ``status`` None: words nobody has mapped yet, kept and ignored.

    ``dlt_code``: the operator's code where DLT is the reason, as in ``dlt.operator_codes``.
    """

    message_id: str
    reference: str
    status: Status | None
    words: str
    code: str = ""
    network: str = ""
    dlt_code: str = ""


class Gateway(Protocol):
    """One provider. ``submit`` may be called from several threads at once and must bound its own time."""

    slug: ClassVar[str]

    def submit(self, submission: Submission, now: datetime) -> Outcome: ...

    def find(self, reference: str) -> Submitted | Unknown | None:
        """Say whether the carrier has our reference; Unknown when it cannot be asked."""
        ...

    def parse_receipt(self, raw: Mapping[str, Any]) -> Receipt: ...
