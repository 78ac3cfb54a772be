"""Stage 3, chain: are the companies that carry the entity's messages registered with it?"""

from __future__ import annotations

from dlt.chain_hash import chain_hash
from dlt.models import SENDABLE, DltSettings, EntityState
from dlt.scrub.facts import Facts
from dlt.scrub.outcome import Finding, Outcome, Verdict, found, not_applicable, passed
from dlt.scrub.records import ChainRow

Check = DltSettings.Check


def judge(facts: Facts) -> Outcome:
    """Look for one chain of the entity that messages may take today."""
    check = facts.settings.chain_check
    if check == Check.OFF:
        return not_applicable("The settings say not to look at chains.")
    if facts.entity is None:
        return not_applicable("There is no entity whose chain it could be.")
    faults = [_fault(facts.entity.pe_id, chain) for chain in facts.chains]
    usable = [chain for chain, fault in zip(facts.chains, faults, strict=True) if fault is None]
    if usable:
        names = " → ".join(link.name for link in usable[0].links) or "no telemarketer between"
        return passed(f"The chain is active: {names}.", hash=usable[0].hash)
    finding = faults[0] if faults else _missing(facts.entity.pe_id)
    # A first chain that still waits for its approval stops nothing: until then none is kept here.
    registered = any(chain.state != EntityState.PENDING for chain in facts.chains)
    return found(_weighed(finding or _missing(facts.entity.pe_id), check, registered=registered))


def _weighed(finding: Finding, check: str, *, registered: bool) -> Finding:
    """Refuse when the settings want it, or when chains are kept here and none will do."""
    refuse = check == Check.REFUSE or (check == Check.AUTO and registered)
    verdict = Verdict.REFUSED if refuse else Verdict.NOTED
    return Finding(finding.code, finding.message, finding.detail, verdict)


def _missing(pe_id: str) -> Finding:
    return Finding(
        "dlt.chain_missing",
        f"No chain of telemarketers is registered for entity {pe_id}."
        " Operators demand one; register it under DLT registry, Chains.",
    )


def _fault(pe_id: str, chain: ChainRow) -> Finding | None:
    short = f"{chain.hash[:12]}…"
    if chain.state not in SENDABLE:
        told = f"The chain {short} is {chain.state}; only an active one may be used."
        return Finding("dlt.chain_not_approved", told, {"state": chain.state, "hash": chain.hash})
    if chain.hash != chain_hash(pe_id, [link.tm_id for link in chain.links]):
        told = f"The hash {short} does not follow from the entity and its telemarketers. Register it anew."
        return Finding("dlt.chain_hash_mismatch", told, {"hash": chain.hash})
    halted = next((link for link in chain.links if link.state not in SENDABLE), None)
    if halted:
        told = f"Telemarketer {halted.tm_id} “{halted.name}” of the chain is {halted.state}."
        return Finding(
            "dlt.telemarketer_not_active", told, {"state": halted.state, "hash": chain.hash}
        )
    return None
