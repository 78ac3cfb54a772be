"""One machine, plain HTTP, everything embedded: what `make run` uses."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from pathlib import Path

from flowbuilder.settings.base import *  # noqa: F403 -- a settings module extends another one
from flowbuilder.settings.base import CHANNEL_LAYERS, DATA_DIR, EMAIL_URL, LOGGING, STATIC_ROOT, env


def local_secret(folder: Path) -> str:
    """Return the secret of this data folder, made on first use and readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


# A Unix socket's path may have 107 characters at most, so it cannot always lie in the data folder.
SOCKET_DIR = Path(tempfile.gettempdir()) / (
    "flowbuilder-" + hashlib.sha256(str(DATA_DIR).encode()).hexdigest()[:12]
)

SECRET_KEY = env.str("SECRET_KEY", "") or local_secret(DATA_DIR)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    "bookings.demo.test",
    *env.list("ALLOWED_HOSTS", []),
]
PORT = env.int("PORT", 8000)
PUBLIC_URL = env.str("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
HTTP_TEST_HOSTS = {
    "bookings.demo.test": f"127.0.0.1:{PORT}",
    **env.dict("HTTP_TEST_HOSTS", {}),
}
DEMO = True
# Days of history the demo account is given when it is made.
DEMO_DAYS = env.int("DEMO_DAYS", 30)

EMBEDDED_BROKER = not env.str("REDIS_URL", "")
REDIS_URL = env.str("REDIS_URL", f"unix://{SOCKET_DIR}/valkey.sock")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CHANNEL_LAYERS["default"]["CONFIG"] = {"hosts": [REDIS_URL]}

# Without a mail server the e-mails of flows are written into files: one can see what would be sent.
FLOW_EMAILS = True
if not EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are served from the source tree; whitenoise still wants the collected folder to exist.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

LOGGING["root"] = {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")}
