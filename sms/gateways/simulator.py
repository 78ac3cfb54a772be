"""A carrier that lives in the database: for demos, test calls and tests. Nothing leaves the machine.

The last four digits of the destination choose what happens (see docs/simulated-carrier.md):
0021 refused on submit, 0022 unreachable twice, 0023 no answer though the carrier has it, 0024 absent
subscriber, 0025 expired, 0026 blocked by preference (DND); every other number gets its message.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import IntegrityError, transaction

from core.sids import new_sid
from sms.gateway import Outcome, Receipt, Refused, Submission, Submitted, Unknown, Unreachable
from sms.models import Message, SimulatedSubmission
from sms.states import Status

ATTEMPTS_BEFORE_REACHED: Final = 3
DELIVERED: Final = "DELIVRD"
OUTCOMES: Final = {"0024": "UNDELIV", "0025": "EXPIRED", "0026": "REJECTD"}
REPORTS: Final = {
    "DELIVRD": (Status.DELIVERED, "", "Delivered to handset"),
    "UNDELIV": (Status.FAILED, "carrier.absent_subscriber", "Absent subscriber"),
    "EXPIRED": (Status.EXPIRED, "carrier.expired", "Validity period over"),
    "REJECTD": (Status.FAILED, "carrier.dnd", "Blocked by DND preference"),
}


class SimulatedCarrier:
    slug: ClassVar[str] = "simulator"

    def submit(self, submission: Submission, now: datetime) -> Outcome:
        if settings.SIMULATED_CARRIER_SECONDS:
            time.sleep(settings.SIMULATED_CARRIER_SECONDS)
        last_digits = submission.to[-4:]
        if last_digits == "0021":
            return Refused("carrier.refused", "Destination barred by operator")
        if last_digits == "0022" and self._attempts(submission) < ATTEMPTS_BEFORE_REACHED:
            return Unreachable("Connection refused")
        carrier_id = self._keep(submission, now, OUTCOMES.get(last_digits, DELIVERED))
        if last_digits == "0023":
            return Unknown("No answer within the time limit")
        return Submitted(carrier_id, "ESME_ROK")

    def find(self, reference: str) -> Submitted | Unknown | None:
        row = SimulatedSubmission.objects.filter(reference=reference).first()
        return Submitted(row.carrier_id, "found by reference") if row else None

    def parse_receipt(self, raw: Mapping[str, Any]) -> Receipt:
        word = str(raw.get("stat", ""))
        status, code, words = REPORTS.get(word, (None, "", word))
        return Receipt(
            message_id=str(raw.get("id", "")),
            reference=str(raw.get("reference", "")),
            status=status,
            words=words,
            code=code,
            network="40445" if str(raw.get("to", "")).startswith("+91") else "",
        )

    def _attempts(self, submission: Submission) -> int:
        row = Message.objects.filter(sid=submission.reference).values_list("attempts", flat=True)
        return row.first() or 0

    def _keep(self, submission: Submission, now: datetime, outcome: str) -> str:
        """Store what was handed over; the same reference again is the same message."""
        carrier_id = new_sid("sim", 12)
        # Between one and three seconds, the same for the same message.
        seconds = 1 + (sum(submission.reference.encode()) % 20) / 10
        try:
            with transaction.atomic():
                SimulatedSubmission.objects.create(
                    reference=submission.reference,
                    carrier_id=carrier_id,
                    to_number=submission.to,
                    outcome=outcome,
                    due=now + timedelta(seconds=seconds),
                )
        except IntegrityError:
            row = SimulatedSubmission.objects.get(reference=submission.reference)
            return row.carrier_id
        return carrier_id

    def due_reports(self, now: datetime) -> list[dict[str, Any]]:
        """Return the receipts this carrier owes by now, each of them once."""
        rows = SimulatedSubmission.objects.filter(reported=False)
        return [
            {
                "id": row.carrier_id,
                "reference": row.reference,
                "stat": row.outcome,
                "to": row.to_number,
            }
            for row in rows.filter(due__lte=now).order_by("pk")[:500]
            if rows.filter(pk=row.pk).update(reported=True)
        ]


gateway = SimulatedCarrier()
