"""What the tests of safety share."""

from __future__ import annotations

import pytest

from accounts.models import Account
from tests.security.world import World, build_world


@pytest.fixture
def world(account: Account) -> World:
    return build_world(account)
