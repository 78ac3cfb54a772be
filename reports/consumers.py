"""The WebSocket that tells an open page what happens in its account."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.caller import Caller, caller_for
from accounts.models import Membership, User
from core.live import group_name
from reports.live_buffer import LiveBuffer

logger = logging.getLogger(__name__)

NOT_SIGNED_IN: Final = 4401
NOT_A_MEMBER: Final = 4403
GOING_AWAY: Final = 1011
SECONDS_BETWEEN_FLUSHES: Final = 0.2  # five a second
SECONDS_BETWEEN_CHECKS: Final = 45.0  # a removed member hears nothing after a minute


class AccountConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Sends the events of one account to one of its members, and takes no commands.

    The handshake is completed before a refusal: only then do browsers tell a page the close code.
    """

    seconds_between_checks = SECONDS_BETWEEN_CHECKS

    async def connect(self) -> None:
        self.group = ""
        self.buffer = LiveBuffer()
        self.tasks: dict[str, asyncio.Task[None]] = {}
        await self.accept()
        user = self.scope.get("user")
        if not isinstance(user, User) or not user.is_active:
            await self.close(NOT_SIGNED_IN)
            return
        caller = await sync_to_async(caller_for)(user, self.scope["session"].get("account"))
        if caller is None:
            await self.close(NOT_A_MEMBER)
            return
        await self._begin(caller)

    async def _begin(self, caller: Caller) -> None:
        self.caller = caller
        self.group = group_name(caller.account.sid)
        await self.channel_layer.group_add(self.group, self.channel_name)
        self.tasks["check"] = asyncio.create_task(self._check_again_and_again())
        await self.send_json({"type": "hello"})

    async def disconnect(self, code: int) -> None:
        del code
        for task in self.tasks.values():
            task.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Ignore whatever a browser sends."""

    async def account_event(self, message: dict[str, Any]) -> None:
        """Take an event of the account; the first after a pause goes out at once."""
        self.buffer.add(message["event"])
        flushing = self.tasks.get("flush")
        if flushing is None or flushing.done():
            self.tasks["flush"] = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        while self.buffer:
            for event in self.buffer.take():
                await self.send_json(event)
            await asyncio.sleep(SECONDS_BETWEEN_FLUSHES)

    async def _check_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(self.seconds_between_checks)
            try:
                code = await sync_to_async(self._why_not)()
            except Exception:
                # Without an answer nobody is let in; the page connects again.
                logger.exception("live.check_failed")
                code = GOING_AWAY
            if code:
                await self._end(code)
                return

    async def _end(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)
        self.group = ""
        self.buffer = LiveBuffer()
        await self.close(code)

    def _why_not(self) -> int:
        """Return the close code for somebody who may listen no more, else 0."""
        session = self.scope["session"]
        user = User.objects.filter(pk=self.scope["user"].pk, is_active=True).first()
        if user is None or not session.exists(session.session_key):
            return NOT_SIGNED_IN
        member = Membership.objects.filter(account=self.caller.account, user=user)
        return 0 if member.exists() else NOT_A_MEMBER
