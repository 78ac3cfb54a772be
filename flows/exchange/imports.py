"""Flows from files into an account: as new flows, or as the new draft of one. Never published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Literal

from django.db import transaction

from accounts.caller import Caller
from accounts.models import Account
from core.errors import DomainError
from flows.exchange.files import FlowFile, read_upload
from flows.graph import content_hash, dump
from flows.issues import Issue
from flows.models import Flow
from flows.program import upgraded
from flows.services import LONGEST_NAME, create_flow, issues_in, save_draft

Outcome = Literal["new", "update", "unchanged", "refused"]

_USUAL_NAME: Final = "Imported flow"


class OneFlowWanted(DomainError):
    """A flow can be brought up to date from one file only."""

    code: ClassVar[str] = "flows.one_flow_wanted"
    message: ClassVar[str] = (
        "The file holds {count} flows. Choose a file with one flow to update “{name}”."
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """What became, or would become, of one flow of a file."""

    file: str
    name: str
    outcome: Outcome
    flow: Flow | None = None
    applets: int = 0
    issues: tuple[Issue, ...] = ()
    error: DomainError | None = None
    named_in_file: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """The flow whose draft shall be replaced, and the hash of the draft that was looked at."""

    flow: Flow
    base_hash: str


def look_into(
    *, caller: Caller, filename: str, data: bytes, into: Flow | None = None
) -> list[Imported]:
    """Say what an import would do. Stores nothing.

    Raises FlowFileBadZip, FlowFileTooLarge, OneFlowWanted, and what is wrong with the only flow of a file.
    """
    return [row for row, _ in _planned(caller.account, filename, data, into)]


@transaction.atomic
def import_flows(
    *, caller: Caller, filename: str, data: bytes, now: datetime, into: Target | None = None
) -> list[Imported]:
    """Make flows from a file, or replace the draft of one; what cannot be read is told beside.

    Raises:
        FlowFileBadZip, FlowFileTooLarge, OneFlowWanted, and what is wrong with the only flow of a file:
        nothing was stored.
        StaleDraft: somebody saved since the draft of ``base_hash``; nothing was stored.
    """
    planned = _planned(caller.account, filename, data, into.flow if into else None)
    return [_stored(caller, row, file, into, now) for row, file in planned]


def _stored(
    caller: Caller, row: Imported, file: FlowFile, into: Target | None, now: datetime
) -> Imported:
    if file.graph is None:
        return row
    graph = dump(file.graph)
    if into is not None:
        hashed = into.base_hash
        flow = save_draft(caller=caller, flow=into.flow, graph=graph, base_hash=hashed, now=now)
        return replace(row, flow=flow)
    try:
        flow = create_flow(caller=caller, name=row.name, graph=graph, now=now)
    except DomainError as error:
        return replace(row, outcome="refused", error=error)
    return replace(row, flow=flow)


def _planned(
    account: Account, filename: str, data: bytes, into: Flow | None
) -> list[tuple[Imported, FlowFile]]:
    files = read_upload(filename, data)
    if len(files) == 1 and files[0].error:
        raise files[0].error
    if into is not None and len(files) > 1:
        raise OneFlowWanted(count=len(files), name=into.name)
    in_use = Flow.objects.for_account(account).in_use()
    taken = {name.casefold() for name in in_use.values_list("name", flat=True)}
    return [(_plan(account, file, taken, into), file) for file in files]


def _plan(account: Account, file: FlowFile, taken: set[str], into: Flow | None) -> Imported:
    if file.graph is None:
        return Imported(file.file, file.name, "refused", error=file.error)
    own = into.sid if into else ""
    outcome: Outcome = "new"
    if into is not None:
        outcome = "unchanged" if content_hash(file.graph) == into.draft_hash else "update"
    return Imported(
        file=file.file,
        name=into.name if into else _free_name(file.name, taken),
        outcome=outcome,
        flow=into,
        applets=len(file.graph.nodes),
        issues=tuple(issues_in(account, upgraded(file.graph), own)),
        named_in_file=file.name,
    )


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, shortened and numbered until no flow has it."""
    clean = " ".join(name.replace("\0", " ").split()) or _USUAL_NAME
    number, free = 1, clean[:LONGEST_NAME].strip()
    while free.casefold() in taken:
        number += 1
        ending = f" {number}"
        free = f"{clean[: LONGEST_NAME - len(ending)].strip()}{ending}"
    taken.add(free.casefold())
    return free
