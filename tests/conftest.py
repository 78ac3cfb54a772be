"""What tests share: accounts, their people, and doors to come in by."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from accounts.keys import create_key
from accounts.models import Account, Role, User
from dlt.finder.accounts import forget_indexes
from tests.builders import build_account, build_member
from tests.customer_server import HOST, OTHER_HOST, CustomerServer

# How fast a machine draws examples says nothing about the product.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()
    forget_indexes()


@pytest.fixture
def account(db: None) -> Account:
    return build_account()


@pytest.fixture
def other_account(db: None) -> Account:
    return build_account("globex", "Globex")


@pytest.fixture
def admin(account: Account) -> User:
    return build_member(account, Role.ADMIN)


@pytest.fixture
def editor(account: Account) -> User:
    return build_member(account, Role.EDITOR)


@pytest.fixture
def viewer(account: Account) -> User:
    return build_member(account, Role.VIEWER)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a browser in which the person is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def api_of() -> Callable[..., Client]:
    """Return an HTTP client that sends an API key of the account."""

    def make(account: Account, role: Role = Role.EDITOR) -> Client:
        _, secret = create_key(account=account, name=f"{role} tests", role=role)
        return Client(headers={"x-api-key": secret})

    return make


@pytest.fixture
def api(account: Account, api_of: Callable[..., Client]) -> Client:
    return api_of(account)


@pytest.fixture
def server(settings: Any) -> Iterator[CustomerServer]:
    """Serve under two test host names until the test is over."""
    with CustomerServer() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        settings.HTTP_TEST_HOSTS = {HOST: running.address, OTHER_HOST: running.address}
        yield running
        running.released.set()
        running.shutdown()
        thread.join()
