"""What tests of calls share."""

from tests.core.conftest import server

__all__ = ["server"]
