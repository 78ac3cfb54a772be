"""Settings of the test run: local ones, with quick passwords and nothing left on disk."""

from __future__ import annotations

from flowbuilder.settings.local import *  # noqa: F403 -- a settings module extends another one

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = True
HTTP_TEST_HOSTS: dict[str, str] = {}
