"""Flows as files that compare well line by line: the same flow gives the same bytes, always."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from accounts.caller import Caller
from accounts.models import Account
from core.errors import NotFound
from flows.graph import Graph, dump
from flows.models import Flow
from flows.secrets import as_seen
from flows.services import draft_of

FORMAT: Final = 1
"""The envelope's version, under the key ``flowbuilder``."""
SUFFIX: Final = ".flow.json"
MOST_AT_ONCE: Final = 500

_UNSAFE: Final = re.compile(r"[^\w .()-]+")
_LONGEST_STEM: Final = 80
# Archives of the same flows are the same: no time of day goes in.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def file_text(name: str, graph: Graph) -> str:
    """Return ``{"flowbuilder": 1, "graph": ..., "name": ...}`` with sorted keys, one value a line."""
    envelope: dict[str, Any] = {"flowbuilder": FORMAT, "name": name, "graph": dump(graph)}
    return json.dumps(envelope, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def file_name(name: str) -> str:
    """Return a flow's name as a file can have it: ``Support line.flow.json``."""
    stem = _UNSAFE.sub("-", name).strip(" .-")[:_LONGEST_STEM].strip(" .-")
    return f"{stem or 'flow'}{SUFFIX}"


def flows_to_export(account: Account, sids: list[str]) -> list[Flow]:
    """Return the named flows, or all, by name. Raises NotFound for one that the account does not have."""
    rows = Flow.objects.for_account(account).in_use().order_by("name", "pk")
    wanted = list(dict.fromkeys(sids))[:MOST_AT_ONCE]
    found = list(rows.filter(sid__in=wanted) if wanted else rows[:MOST_AT_ONCE])
    if wanted and len(found) != len(wanted):
        raise NotFound(what="flow")
    return found


def archive_of(flows: Iterable[Flow], reader: Caller) -> bytes:
    """Return a zip with one file for each flow's draft, as the reader may see it."""
    written = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for flow in flows:
            name = _free(file_name(flow.name), taken)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, file_text(flow.name, as_seen(draft_of(flow), reader)))
    return written.getvalue()


def _free(name: str, taken: set[str]) -> str:
    """Return the name, numbered when the archive has it: file systems may not tell capitals apart."""
    stem, number, free = name.removesuffix(SUFFIX), 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} {number}{SUFFIX}"
    taken.add(free.casefold())
    return free
