"""First stage: who gets it, what is written, in how many segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, cast

from core import phone_numbers
from core.errors import DomainError
from core.phone_numbers import PhoneNumber
from core.sms_encoding import Segmentation, segment

LONGEST_BODY = 3200  # characters; Callr's SMS API takes as many


class CannotReceiveSms(DomainError):
    code = "sms.recipient_cannot_receive"
    message = "{number} cannot receive SMS ({reason}). Give a mobile number."


class BodyEmpty(DomainError):
    code = "sms.body_empty"
    message = "The message body is empty. Write what should be sent."


class BodyTooLong(DomainError):
    code = "sms.body_too_long"
    message = "The message body has {length} characters; at most {limit} can be sent."


class UnknownEncoding(DomainError):
    code = "sms.unknown_encoding"
    message = "Encoding {encoding!r} is not known. Use auto, gsm or unicode."


@dataclass(slots=True)
class Trace:
    """One line for each gate a message passed or did not pass."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def passed(self, gate: str, message: str, **detail: Any) -> None:
        self._add(gate, "", message, detail)

    def refused(self, gate: str, error: DomainError) -> None:
        self._add(gate, error.code, str(error), dict(error.context))

    def _add(self, gate: str, code: str, message: str, detail: dict[str, Any]) -> None:
        self.lines.append(
            {"gate": gate, "ok": not code, "code": code, "message": message, "detail": detail}
        )


def recipient(to: str, region: str, trace: Trace) -> PhoneNumber:
    """Return the number a message goes to; raises a DomainError that names the fault."""
    number = phone_numbers.parse(to, region)
    trace.passed("recipient", f"{number.e164} is a telephone number.", valid=number.valid)
    reason = phone_numbers.refusal_for_sms(number)
    if reason:
        raise CannotReceiveSms(number=number.e164, reason=reason.removeprefix("phone."))
    kind = number.type.replace("_", " ").capitalize()
    trace.passed("number type", f"{kind} numbers can receive SMS.", type=number.type)
    return number


def segments(body: str, encoding: str, trace: Trace) -> Segmentation:
    """Return how the body is cut; raises a DomainError when it cannot be sent as asked."""
    if not body.strip():
        raise BodyEmpty
    if len(body) > LONGEST_BODY:
        raise BodyTooLong(length=len(body), limit=LONGEST_BODY)
    if encoding not in {"auto", "gsm", "unicode"}:
        raise UnknownEncoding(encoding=encoding)
    cut = segment(body, cast("Literal['auto', 'gsm', 'unicode']", encoding))
    alphabet = "GSM-7" if cut.encoding == "gsm" else "Unicode"
    trace.passed(
        "encoding",
        f"{alphabet} in {cut.parts} segment{'s' if cut.parts > 1 else ''}.",
        forcing_unicode=list(cut.forcing_unicode),
    )
    return cut
