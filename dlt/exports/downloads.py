"""Files that are sent while they are made, and the note of who took what out of the product."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from typing import Final

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Role
from core.errors import NotFound
from dlt.exports import registries
from dlt.exports.csv_file import csv_file
from dlt.exports.xlsx_file import xlsx_file
from dlt.imports.fields import LABELS, SLUGS

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# These hold telephone numbers, which viewers do not see whole anywhere.
OF_NUMBERS: Final = frozenset({"dnd", "consents"})


def export(
    *,
    request: HttpRequest,
    caller: Caller,
    slug: str,
    form: str,
    chosen: Mapping[str, str],
    now: datetime,
) -> StreamingHttpResponse:
    """Send a registry as a file; raises NotFound and NotAllowed. Who exported what is audited."""
    if slug not in SLUGS or form not in TYPES:
        raise NotFound(what="export")
    registry = SLUGS[slug]
    if registry in OF_NUMBERS:
        caller.require(Role.EDITOR, "export telephone numbers")
    filters = {name: value for name, value in chosen.items() if value}
    record(
        caller=caller,
        action=f"{registry}.exported",
        target=slug,
        at=now,
        filters=filters,
        file=form,
    )
    rows = registries.rows(registry, caller.account, filters)
    headings = registries.headings(registry)
    csv = form == "csv"
    content = csv_file(headings, rows) if csv else xlsx_file(LABELS[registry], headings, rows)
    return streamed(request, content, f"{slug}-{now.date().isoformat()}.{form}")


def streamed(request: HttpRequest, content: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """Stream under either kind of server: an ASGI one would collect a plain iterator first."""
    source = _one_by_one(content) if isinstance(request, ASGIRequest) else content
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = TYPES[name.rpartition(".")[2]]
    return StreamingHttpResponse(source, content_type=kind, headers=headers)


async def _one_by_one(content: Iterator[bytes]) -> AsyncIterator[bytes]:
    def following() -> bytes | None:
        return next(content, None)

    while (piece := await sync_to_async(following)()) is not None:
        yield piece
