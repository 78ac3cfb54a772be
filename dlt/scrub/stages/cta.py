"""Stage 7, call to action: are links, numbers and addresses in the text whitelisted?"""

from __future__ import annotations

from dlt.contacts import Contact, What
from dlt.models import DltSettings
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, Verdict, not_applicable
from dlt.scrub.whitelist import judge as look_up

Check = DltSettings.Check


def judge(facts: Facts) -> Outcome:
    """Look every contact up, wherever in the text it stands."""
    if facts.settings.cta_check == Check.OFF:
        return not_applicable("The settings say not to look at links and numbers.")
    if not facts.contacts:
        return Outcome("No link, number or address in the text.")
    if facts.entity is None:
        return not_applicable("There is no entity whose whitelist it could be.")
    notes: list[str] = []
    findings: list[Finding] = []
    for contact in facts.contacts:
        judged = look_up(contact, facts.ctas)
        if not judged.allowed:
            findings.append(_finding(facts, contact, judged.advice))
        elif judged.advice:
            notes.append(judged.advice)
    count = len(facts.contacts)
    message = (
        "The link or number is whitelisted."
        if count == 1
        else f"All {count} links and numbers are whitelisted."
    )
    detail = {"contacts": [contact.text for contact in facts.contacts]}
    return Outcome(" ".join([message, *notes]), tuple(findings), detail)


def _finding(facts: Facts, contact: Contact, advice: str) -> Finding:
    told = f"“{contact.text}” is not whitelisted{_place(contact)}. {advice}"
    detail = {
        "message": told,
        "found": contact.text,
        "position": contact.start + 1,
        "variable": contact.variable or None,
    }
    verdict = Verdict.REFUSED if _refuses(facts, contact) else Verdict.NOTED
    if contact.what is What.NUMBER:
        return Finding("dlt.cbn_not_whitelisted", told, detail, verdict)
    if contact.what is What.EMAIL:
        return Finding("dlt.email_not_whitelisted", told, detail, verdict)
    if contact.is_untyped:
        return Finding("dlt.link_in_untyped_var", told, detail, verdict)
    return Finding("dlt.url_not_whitelisted", told, detail, verdict)


def _place(contact: Contact) -> str:
    if contact.is_untyped:
        return f" and stands in variable {contact.variable}, which is untyped"
    return f" (variable {contact.variable})" if contact.variable else ""


def _refuses(facts: Facts, contact: Contact) -> bool:
    """Refuse as the settings say; by themselves only where a whitelist is kept here.

    Operators block links today. For numbers outside a ``cbn`` variable the date was left open, and digits in
    a text are not always meant to be called.
    """
    check = facts.settings.cta_check
    if check == Check.AUTO:
        return facts.has_whitelist and (contact.what is What.LINK or contact.is_typed)
    return check == Check.REFUSE
