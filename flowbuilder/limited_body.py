"""Bodies without a declared length end somewhere: Django's own limit looks at the declaration only."""

from __future__ import annotations

import json
from typing import Final

from asgiref.typing import (
    ASGI3Application,
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    Scope,
)
from django.conf import settings

from core.api_errors import body

# Above Django's limit, so that all but endless bodies get its own answers.
TIMES: Final = 2


class TooLarge(Exception):
    """More was sent than any address takes."""


class LimitedBody:
    """Stops reading a request, and answers 413, before a chunked body fills disk and memory."""

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        left = TIMES * settings.DATA_UPLOAD_MAX_MEMORY_SIZE

        async def counted() -> ASGIReceiveEvent:
            nonlocal left
            event = await receive()
            if event["type"] == "http.request":
                left -= len(event["body"])
                if left < 0:
                    raise TooLarge
            return event

        try:
            await self.application(scope, counted, send)
        except TooLarge:
            await _refuse(send)


async def _refuse(send: ASGISendCallable) -> None:
    told = body("too_large", "The request body is too large. Send less at once.")
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send(
        {"type": "http.response.start", "status": 413, "headers": headers, "trailers": False}
    )
    await send(
        {"type": "http.response.body", "body": json.dumps(told).encode(), "more_body": False}
    )
