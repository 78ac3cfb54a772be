"""Bodies without a declared length end somewhere: Django's own limit looks at the declaration only."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from django.conf import settings

from core.api_errors import body
from dlt.imports.limits import MOST_BYTES

Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

# Above Django's limit, so that all but endless bodies get its own answers.
TIMES: Final = 2
# Files go to disk while they arrive; these addresses take them, and say themselves when one is too large.
UPLOADS: Final = frozenset({"/dlt/import/", "/api/v1/dlt/imports"})


class TooLarge(Exception):
    """More was sent than any address takes."""


class LimitedBody:
    """Stops reading a request, and answers 413, before a chunked body fills disk and memory."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        left = TIMES * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if scope["path"] in UPLOADS:
            left += MOST_BYTES

        async def counted() -> Event:
            nonlocal left
            event = await receive()
            left -= len(event.get("body", b""))
            if left < 0:
                raise TooLarge
            return event

        try:
            await self.application(scope, counted, send)
        except TooLarge:
            await _refuse(send)


async def _refuse(send: Send) -> None:
    told = body("too_large", "The request body is too large. Send less at once.")
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})
