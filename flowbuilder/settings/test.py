"""Settings of the test run: local ones, with quick passwords and a database that threads can share."""

from __future__ import annotations

import os

from flowbuilder.settings.local import *  # noqa: F403 -- a settings module extends another one
from flowbuilder.settings.local import DATA_DIR, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
HTTP_TEST_HOSTS = {}

if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / f"test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
