"""Words that approvers stop at. Word lists err, so all of this is advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dlt.lint.catalogue import objection
from dlt.lint.finding import LintFinding
from dlt.lint.subject import Subject
from dlt.models import Category

_SERVICE: Final = {Category.TRANSACTIONAL, Category.SERVICE_IMPLICIT}
_ADVERTISING: Final = re.compile(
    r"%\s*(?:off|discount)\b|\bflat\s+(?:rs|inr|\u20b9|\d)|\bdiscounts?\b|\bpromo\s*codes?\b"
    r"|\bcoupon(?:s| code)?\b|\b(?:special|exclusive|festive|limited|best|great|amazing|exciting)\s+"
    r"(?:offers?|deals?|prices?)\b|\boffers?\b(?!\s+letter)|\b(?:hurry|shop now|buy now|book now|order now)\b"
    r"|\blimited\s+(?:period|time|stock)|\b(?:mega|clearance|end of season|weekend|festive|flash)\s+sale\b"
    r"|\bbuy\s+(?:1|one|2|two)\s+get\b|\blowest\s+prices?\b|\bbest\s+deals?\b|\bfree\s+(?:gift|trial|delivery)\b"
    r"|\bpre-?approved\s+loan|\bget\s+(?:a\s+)?(?:loan|credit card)\b|\brefer\s+(?:and|&)\s+earn\b",
    re.IGNORECASE,
)
_OTP: Final = re.compile(
    r"\bOTP\b|\bone[- ]time\s+(?:pass(?:word|code)|pin)\b|\bverification\s+code\b", re.IGNORECASE
)
_BANKING: Final = re.compile(
    r"bank|\bfinanc|\bcredit\b|\bnbfc\b|\bcapital\b|\binsur|\bmutual|\bpayments?\b|\bco-?op",
    re.IGNORECASE,
)
_REGULATOR: Final = re.compile(r"\bRBI\b|\bReserve Bank\b|\bBANK\b|\bSEBI\b|\bIRDAI?\b")
_RETURNS: Final = re.compile(
    r"\b(?:guaranteed|assured|fixed|sure)\s+(?:\w+\s+)?(?:returns?|profits?|income|gains?)\b"
    r"|\bdouble\s+your\s+(?:money|investment)\b|\brisk[- ]free\s+(?:returns?|investment|profits?)\b",
    re.IGNORECASE,
)
_COLD: Final = re.compile(
    r"\byou\s+(?:have\s+been|are|were)\s+(?:selected|shortlisted|chosen|pre-?selected)\b"
    r"|\bcongratulations?!?\s+you(?:'ve| have)\s+won\b"
    r"|\b(?:are|if)\s+you(?:'re|\s+are)?\s+(?:interested|looking)\b"
    r"|\blooking\s+for\s+(?:a\s+)?(?:loan|job|home|house|flat|plot|property)\b|\bearn\s+(?:from|at)\s+home\b"
    r"|\bwork\s+from\s+home\s+(?:job|and earn)\b",
    re.IGNORECASE,
)
_SURVEY: Final = re.compile(
    r"\b(?:take|fill|complete|answer|participate\s+in|join)\b.{0,25}\bsurvey\b|\b(?:our|short|quick)\s+survey\b",
    re.IGNORECASE,
)
_OPT_OUT: Final = re.compile(
    r"\bopt[- ]?out\b|\bunsubscribe\b|\b1909\b|\bDND\b|\bSTOP\b|\bto\s+stop\b|\bunsub\b",
    re.IGNORECASE,
)


def _hit(code: str, hit: re.Match[str], message: str, remedy: str) -> LintFinding:
    return objection(code, message, remedy, at=hit.start(), length=len(hit[0]))


def promotional_wording(subject: Subject) -> Iterator[LintFinding]:
    if subject.category not in _SERVICE:
        return
    hit = _ADVERTISING.search(_readable(subject))
    if hit:
        yield _hit(
            "promotional_wording",
            hit,
            f"“{hit[0]}” reads like advertising, which makes the whole message promotional.",
            "Take it out, or register the template as promotional.",
        )


def _readable(subject: Subject) -> str:
    """Return the fixed text; a variable is one sign of no word, repeated."""
    return subject.fixed.replace("\0", "_")


def otp(subject: Subject) -> Iterator[LintFinding]:
    hit = _OTP.search(subject.fixed)
    if subject.category == Category.PROMOTIONAL and hit:
        yield _hit(
            "otp_as_promotional",
            hit,
            f"“{hit[0]}” in a promotional template: receivers who block advertising never get it.",
            "Register one-time passwords as service implicit, a bank's as transactional.",
        )
    if subject.category != Category.TRANSACTIONAL:
        return
    if not hit and subject.static.strip():
        sentence = "Transactional is only for the one-time password of a banking transaction."
        yield objection("transactional_not_otp", sentence, "Choose service implicit.")
    name = subject.about.entity_name
    if name and not _BANKING.search(name):
        sentence = f"Transactional is for banks only; {name} does not sound like one."
        yield objection(
            "transactional_not_bank", sentence, "Other businesses use service implicit."
        )


def explicit_closed(subject: Subject) -> Iterator[LintFinding]:
    if subject.category == Category.SERVICE_EXPLICIT:
        yield objection(
            "explicit_closed",
            "Operators register no new service explicit templates; old ones become promotional.",
            "Register new ones as promotional.",
        )


def finance(subject: Subject) -> Iterator[LintFinding]:
    name = subject.about.entity_name
    hit = _REGULATOR.search(subject.fixed)
    if hit and name and not _BANKING.search(name):
        yield _hit(
            "regulator_wording",
            hit,
            f"“{hit[0]}” in the text of {name}: approvers suspect an impostor.",
            "Name the bank or the authority in plain lower case, or leave it out.",
        )
    hit = _RETURNS.search(subject.fixed)
    if hit:
        yield _hit(
            "guaranteed_return",
            hit,
            f"“{hit[0]}” promises a return; such texts are refused.",
            "Say what was done, not what will be earned.",
        )


def unasked(subject: Subject) -> Iterator[LintFinding]:
    hit = _COLD.search(subject.fixed)
    if hit:
        yield _hit(
            "cold_message",
            hit,
            f"“{hit[0]}” reads like a message to people who never asked.",
            "Write to customers about what they did.",
        )
    hit = _SURVEY.search(subject.fixed)
    if hit:
        yield _hit(
            "survey",
            hit,
            f"“{hit[0]}”: surveys nobody asked for are refused.",
            "Name the purchase or visit that the survey is about.",
        )


def opt_out(subject: Subject) -> Iterator[LintFinding]:
    promotional = subject.category == Category.PROMOTIONAL and subject.static.strip()
    if promotional and not _OPT_OUT.search(subject.static):
        yield objection(
            "opt_out_missing",
            "A promotional text that does not say how to stop more of them.",
            "Add how, such as “To opt out, reply STOP”.",
        )


RULES: Final = (promotional_wording, otp, explicit_closed, finance, unasked, opt_out)
