"""A carrier that lives in the database: for demos, test calls and tests. Nothing leaves the machine.

The last four digits of the destination choose what happens (see docs/simulated-carrier.md):
0021 refused on submit, 0022 unreachable twice, 0023 no answer though the carrier has it, 0024 absent
subscriber, 0025 expired, 0026 blocked by preference (DND); 0 and a DLT code of the operators, such as 0631,
is refused with that code; every other number gets its message.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import IntegrityError, transaction

from core.sids import new_sid
from dlt.faults import FAULTS
from dlt.operator_codes import fault_behind, name_of
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


# Receipts of SMPP gateways carry the operator's code in ``err``: kept behind the word here.
DLT_FAILED: Final = "UNDELIV"
DLT_CODES: Final = frozenset(
    known.code
    for fault in FAULTS
    for known in fault.operators
    if known.family == "DLT" and known.name
)


def outcome_for(to: str) -> str:
    """Return the word of the receipt for a destination, with the operator's code when DLT is why."""
    last_digits = to[-4:]
    if last_digits[0] == "0" and last_digits[1:] in DLT_CODES:
        return f"{DLT_FAILED}:{last_digits[1:]}"
    return OUTCOMES.get(last_digits, DELIVERED)


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
        carrier_id = self._keep(submission, now, outcome_for(submission.to))
        if last_digits == "0023":
            return Unknown("No answer within the time limit")
        return Submitted(carrier_id, "ESME_ROK")

    def find(self, reference: str) -> Submitted | Unknown | None:
        row = SimulatedSubmission.objects.filter(reference=reference).first()
        return Submitted(row.carrier_id, "found by reference") if row else None

    def parse_receipt(self, raw: Mapping[str, Any]) -> Receipt:
        word, dlt_code = str(raw.get("stat", "")), str(raw.get("err") or "")
        status, code, words = REPORTS.get(word, (None, "", word))
        fault = fault_behind(dlt_code) if status == Status.FAILED else None
        if fault:
            code, words = fault.code, f"{dlt_code} {name_of(dlt_code)}".strip()
        return Receipt(
            message_id=str(raw.get("id", "")),
            reference=str(raw.get("reference", "")),
            status=status,
            words=words,
            code=code,
            network="40445" if str(raw.get("to", "")).startswith("+91") else "",
            dlt_code=dlt_code if fault else "",
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
            _report(row)
            for row in rows.filter(due__lte=now).order_by("pk")[:500]
            if rows.filter(pk=row.pk).update(reported=True)
        ]


def _report(row: SimulatedSubmission) -> dict[str, Any]:
    word, _, dlt_code = row.outcome.partition(":")
    report = {"id": row.carrier_id, "reference": row.reference, "stat": word, "to": row.to_number}
    return report | {"err": dlt_code} if dlt_code else report


gateway = SimulatedCarrier()
