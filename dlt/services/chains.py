"""Telemarketer chains: the way from the entity to the operator, bound by a hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Role
from core.errors import DomainError
from dlt.audit_trail import announce, write
from dlt.chain_hash import chain_hash
from dlt.identifiers import IdKind
from dlt.models import Chain, ChainLink, PrincipalEntity, Record, Source, Telemarketer
from dlt.services.entities import entity_of
from dlt.services.fields import id_problems, require
from dlt.services.submitting import Submission, put_in
from dlt.services.telemarketers import telemarketers_of

MOST_LINKS: Final = 10
# https://techdoc.walkover.in/p/dlt-registration-in-india/pe-tm-chain-limits-by-vi-dlt
MOST_AT_VI: Final = 2


class ChainTaken(DomainError):
    code = "dlt.chain_taken"
    message = "This chain is in the registry already ({state}): hash {hash}."
    status = 409


class BadChain(DomainError):
    code = "dlt.bad_chain"
    message = "{problem}"


@dataclass(frozen=True, slots=True)
class ChainDraft:
    """An entity and its telemarketers in the order in which messages pass them."""

    pe_id: str
    tm_ids: Sequence[str]

    @property
    def ids(self) -> list[str]:
        return [tm_id.strip() for tm_id in self.tm_ids if tm_id.strip()]

    @property
    def hash(self) -> str:
        return chain_hash(self.pe_id.strip(), self.ids)

    def problems(self) -> Iterator[DomainError]:
        """Yield what is wrong, as far as the draft alone shows it."""
        yield from id_problems(self.pe_id, IdKind.ENTITY, "pe_id")
        ids = self.ids
        if not ids:
            yield _bad(
                "A chain has at least one telemarketer: the one that submits to the operator."
            )
        if len(ids) > MOST_LINKS:
            yield _bad(f"A chain has {MOST_LINKS} telemarketers at most; this one has {len(ids)}.")
        for tm_id in ids:
            yield from id_problems(tm_id, IdKind.TELEMARKETER, "telemarketers")
        twice = next((tm_id for tm_id in ids if ids.count(tm_id) > 1), None)
        if twice:
            yield _bad(f"Telemarketer {twice} stands in the chain twice.")


def _bad(problem: str) -> BadChain:
    return BadChain(field="telemarketers", problem=problem)


@transaction.atomic
def submit_chain(
    *, caller: Caller, draft: ChainDraft, now: datetime, source: str = Source.MANUAL
) -> Chain:
    """Put a chain into the registry, to be approved; an inactive one may be submitted again.

    Raises NotAllowed, BadId, BadChain, EntityUnknown, TelemarketerUnknown, ChainTaken.
    """
    caller.require(Role.EDITOR, "submit a chain")
    require(draft.problems())
    entity = entity_of(caller.account, draft.pe_id)
    links = telemarketers_of(caller.account, draft.ids)
    row = put_in(
        Submission(caller, now, source),
        Chain,
        {"account": caller.account, "hash": draft.hash},
        {"entity": entity},
        taken=_taken,
    )
    _link(row, links)
    ids = [entity.pe_id, *draft.ids]
    write(caller, row, "submitted", now, ids=ids, source=source)
    announce(caller.account)
    return row


def _link(row: Chain, telemarketers: Sequence[Telemarketer]) -> None:
    """Write the links of a new chain. The hash names them, so those of an older row are the same."""
    if row.links.exists():
        return
    ChainLink.objects.bulk_create(
        ChainLink(chain=row, telemarketer=telemarketer, position=position)
        for position, telemarketer in enumerate(telemarketers, 1)
    )


def _taken(row: Record) -> ChainTaken:
    state = row.state_label.lower()
    return ChainTaken(field="telemarketers", hash=getattr(row, "hash", ""), state=state)


def warnings_about(entity: PrincipalEntity, telemarketers: Sequence[Telemarketer]) -> list[str]:
    """Return what is unusual about a chain."""
    found = []
    if len(telemarketers) > MOST_AT_VI:
        found.append(f"Vodafone Idea takes {MOST_AT_VI} telemarketers at most in a chain.")
    if telemarketers and telemarketers[-1].role != Telemarketer.Role.DELIVERY:
        found.append(
            f"The last one, {telemarketers[-1].name}, is entered as TM-AF; a TM-DF submits to the operator."
        )
    members: list[PrincipalEntity | Telemarketer] = [entity, *telemarketers]
    found += [f"{row.name} is {row.state_label.lower()}." for row in members if not row.is_sendable]
    return found
