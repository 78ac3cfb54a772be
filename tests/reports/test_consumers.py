"""The live connection: who may listen, what is heard, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from django.test import Client

from accounts.models import Account, Membership, User
from core.live import group_name
from flowbuilder.asgi import application
from reports.consumers import AccountConsumer
from tests.reports.browser_socket import BrowserSocket

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "http://localhost"


@pytest.fixture(autouse=True)
def _layer_in_memory(settings) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 500}}
    }


def socket_of(client: Client | None, origin: str | None = HERE) -> BrowserSocket:
    headers = [(b"host", b"localhost")]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    if client is not None:
        headers.append((b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()))
    return BrowserSocket(application, "/ws/account/", headers)


async def say(account: Account, event: dict[str, Any]) -> None:
    message = {"type": "account.event", "event": event}
    await get_channel_layer().group_send(group_name(account.sid), message)


def run(play: Callable[[], Awaitable[None]]) -> None:
    async_to_sync(play)()


def test_a_member_is_greeted_and_hears_the_account(account, viewer, client_of):
    socket = socket_of(client_of(viewer))

    async def play() -> None:
        assert await socket.connect()
        assert await socket.hear() == {"type": "hello"}
        await say(account, {"type": "message.updated", "sid": "smsa", "status": "sent"})
        assert (await socket.hear())["sid"] == "smsa"
        await socket.leave()

    run(play)


def test_a_stranger_is_closed_with_4401_and_hears_nothing(account):
    socket = socket_of(None)

    async def play() -> None:
        await socket.connect()
        assert await socket.closed_with() == 4401
        await say(account, {"type": "message.updated", "sid": "smsa"})
        assert await socket.hears_nothing()

    run(play)


def test_somebody_without_an_account_is_closed_with_4403(db, client_of):
    person = User.objects.create_user("nobody@example.com", "correct horse battery", name="N")
    socket = socket_of(client_of(person))

    async def play() -> None:
        await socket.connect()
        assert await socket.closed_with() == 4403

    run(play)


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "null", None, "https://localhost.evil.test"]
)
def test_a_foreign_origin_is_refused_even_with_a_session(account, viewer, client_of, origin):
    socket = socket_of(client_of(viewer), origin)

    async def play() -> None:
        assert not await socket.connect()

    run(play)


def test_nothing_of_another_account_is_heard(account, other_account, viewer, client_of):
    socket = socket_of(client_of(viewer))

    async def play() -> None:
        await socket.connect()
        await socket.hear()
        await say(other_account, {"type": "message.updated", "sid": "smsforeign"})
        assert await socket.hears_nothing(0.3)
        await socket.leave()

    run(play)


def test_a_removed_member_is_closed_with_4403(account, viewer, client_of, monkeypatch):
    monkeypatch.setattr(AccountConsumer, "seconds_between_checks", 0.05)
    socket = socket_of(client_of(viewer))

    async def play() -> None:
        await socket.connect()
        await socket.hear()
        await sync_to_async(Membership.objects.all().delete)()
        assert await socket.closed_with() == 4403
        await say(account, {"type": "message.updated", "sid": "smsa"})
        assert await socket.hears_nothing(0.3)

    run(play)


def test_signing_out_ends_the_connection(account, viewer, client_of, monkeypatch):
    monkeypatch.setattr(AccountConsumer, "seconds_between_checks", 0.05)
    client = client_of(viewer)
    socket = socket_of(client)

    async def play() -> None:
        await socket.connect()
        await socket.hear()
        await sync_to_async(client.logout)()
        assert await socket.closed_with() == 4401

    run(play)


def test_a_removed_member_hears_nothing_after_a_minute():
    assert AccountConsumer.seconds_between_checks < 60


def test_commands_of_a_browser_are_ignored(account, viewer, client_of):
    socket = socket_of(client_of(viewer))

    async def play() -> None:
        await socket.connect()
        await socket.hear()
        for text in (
            '{"type":"account.event","event":{}}',
            "not json",
            '{"subscribe":"account.x"}',
        ):
            await socket.say(text=text)
        await socket.say(bytes=b"\x00")
        assert await socket.hears_nothing(0.3)
        await say(account, {"type": "message.updated", "sid": "smsa"})
        assert (await socket.hear())["sid"] == "smsa"
        await socket.leave()

    run(play)


def test_a_storm_reaches_a_page_five_times_a_second_at_most(account, viewer, client_of):
    socket = socket_of(client_of(viewer))

    async def play() -> None:
        await socket.connect()
        await socket.hear()
        for number in range(300):
            event = {"type": "message.updated", "sid": f"sms{number % 3}", "status": str(number)}
            await say(account, event)
        await asyncio.sleep(0.5)
        heard = []
        while not await socket.hears_nothing(0.05):
            heard.append(await socket.hear())
        assert len(heard) < 100
        assert heard[-1]["status"] == "299"
        await socket.leave()

    run(play)
