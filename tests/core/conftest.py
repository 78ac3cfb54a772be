"""A running customer's server for the tests of outgoing calls."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.customer_server import HOST, OTHER_HOST, CustomerServer


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
