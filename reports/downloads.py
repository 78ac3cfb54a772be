"""The export of the report's messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.audit import record
from accounts.caller import AccountRequest
from accounts.pages import page
from core.errors import DomainError
from reports.export import lines
from reports.pages import Asked, asked_in
from reports.queries import messages


@never_cache
@require_GET
@page()
def sms_csv(request: AccountRequest) -> HttpResponse:
    """Stream the messages of the report's filters; viewers get masked numbers."""
    try:
        asked = asked_in(request)
    except DomainError as error:
        return HttpResponse(str(error), status=error.status, content_type="text/plain")
    account = request.caller.account
    rows = messages(account, asked.filters, asked.span, digits_hidden=asked.digits_hidden)
    _write_down(request, asked)
    content = lines(rows, currency=account.currency, masked=asked.digits_hidden)
    period = asked.filters.period
    name = f"sms-{period.first.isoformat()}-{period.last.isoformat()}.csv"
    return _streamed(request, content, name)  # type: ignore[return-value]  # a response all the same


def _write_down(request: AccountRequest, asked: Asked) -> None:
    """Record who took numbers out of the product."""
    record(
        caller=request.caller,
        action="sms.exported",
        target=asked.filters.period.name,
        at=asked.now,
        filters=asked.filters.query(),
        masked=asked.digits_hidden,
    )


def _streamed(request: HttpRequest, content: Iterator[str], name: str) -> StreamingHttpResponse:
    """Stream under either kind of server: an ASGI one would collect a plain iterator first."""
    source = _one_by_one(content) if isinstance(request, ASGIRequest) else content
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(source, content_type="text/csv; charset=utf-8", headers=headers)


async def _one_by_one(content: Iterator[str]) -> AsyncIterator[str]:
    def following() -> str | None:
        return next(content, None)

    while (piece := await sync_to_async(following)()) is not None:
        yield piece
