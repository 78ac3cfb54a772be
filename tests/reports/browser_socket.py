"""A browser's WebSocket in tests: channels.testing has one too, but needs a second ASGI server."""

from __future__ import annotations

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator


class BrowserSocket:
    """Speaks to the whole ASGI application, origin check and session included."""

    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {
            "type": "websocket",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": headers,
            "subprotocols": [],
            "extensions": {},
        }
        # asgiref does not type its communicator.
        self._line: Any = ApplicationCommunicator(application, scope)

    async def connect(self) -> bool:
        """Shake hands; False when the server refuses to."""
        await self._line.send_input({"type": "websocket.connect"})
        answer = await self._line.receive_output(timeout=2)
        return bool(answer["type"] == "websocket.accept")

    async def hear(self) -> dict[str, Any]:
        answer = await self._line.receive_output(timeout=2)
        assert answer["type"] == "websocket.send", answer
        event: dict[str, Any] = json.loads(answer["text"])
        return event

    async def closed_with(self) -> int:
        """Return the close code; whatever is still sent before is passed over."""
        while True:
            output = await self._line.receive_output(timeout=2)
            if output["type"] == "websocket.close":
                return int(output.get("code") or 0)

    async def say(self, **frame: Any) -> None:
        await self._line.send_input({"type": "websocket.receive", **frame})

    async def leave(self) -> None:
        await self._line.send_input({"type": "websocket.disconnect", "code": 1000})
        await self._line.wait(timeout=2)

    async def hears_nothing(self, seconds: float = 0.1) -> bool:
        return bool(await self._line.receive_nothing(timeout=seconds))
