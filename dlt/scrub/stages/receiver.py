"""Stage 9, preference and consent: does the receiver want it? (dlt.md 3.1 and 4)

Promotional: without consent the whole preference counts. Service explicit: without consent only a number that
is fully blocked is left alone. Consent goes before the preference.
"""

from __future__ import annotations

from dlt.models import Category, Consent, DltSettings
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, Verdict, not_applicable, passed

Check = DltSettings.Check
ALL_CATEGORIES = frozenset("12345678")


def judge(facts: Facts) -> Outcome:
    """Look at the account's own lists of preferences and consents."""
    if facts.template is None:
        return not_applicable("Whether consent is needed follows from the template.")
    if not facts.needs_receiver:
        label = Category(facts.category).label
        return not_applicable(f"{label} messages need no consent and pass every preference.")
    valid = next((row for row in facts.consents if _is_valid(facts, row)), None)
    if valid:
        until = f"{valid.expires.day} {valid.expires:%b %Y}"
        return passed(f"The receiver agreed; the consent is valid until {until}.")
    findings = (_blocked(facts), _without_consent(facts))
    message = "Not on the account's list of blocked numbers."
    return Outcome(message, tuple(finding for finding in findings if finding))


def _is_valid(facts: Facts, row: Consent) -> bool:
    return row.revoked is None and row.given <= facts.asked.at < row.expires


def _blocked(facts: Facts) -> Finding | None:
    check, blocked = facts.settings.dnd_check, facts.dnd
    if blocked is None or check == Check.OFF:
        return None
    digit = facts.header.category_digit if facts.header else ""
    fully = not blocked or set(blocked) >= ALL_CATEGORIES
    if not fully and not (facts.is_promotional and digit and digit in blocked):
        return None
    why = "blocks all such messages" if fully else f"blocks category {digit}"
    told = f"The receiver {why} (Do Not Disturb) and gave no consent. Do not send it."
    verdict = Verdict.NOTED if check == Check.WARN else Verdict.REFUSED
    return Finding("dlt.dnd_blocked", told, {"categories": blocked}, verdict)


def _without_consent(facts: Facts) -> Finding | None:
    """Refuse a message that needs consent; by itself only where the template has a consent template."""
    check = facts.settings.consent_check
    linked = facts.template is not None and facts.template.consent_template_id is not None
    if check == Check.OFF or (check == Check.AUTO and not linked):
        return None
    verdict = Verdict.NOTED if check == Check.WARN else Verdict.REFUSED
    ended = next(
        (row for row in facts.consents if row.revoked or row.expires <= facts.asked.at), None
    )
    if ended is None:
        told = "The receiver has not agreed to such messages. Ask for consent first."
        return Finding("dlt.consent_missing", told, verdict=verdict)
    how, day = ("was revoked on", ended.revoked) if ended.revoked else ("ended on", ended.expires)
    told = f"The receiver's consent {how} {day.day} {day:%b %Y}. Ask again." if day else ""
    return Finding("dlt.consent_expired", told, verdict=verdict)
