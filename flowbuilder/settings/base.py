"""Production settings: secure by default, everything particular from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("FLOWBUILDER_DATA", "./data")).resolve()

SECRET_KEY: str = env.str("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
PUBLIC_URL: str = env.str("PUBLIC_URL", "https://localhost").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "csp",
    "core",
    "accounts",
    "dlt",
    "billing",
    "webhooks",
    "sms",
    "applets",
    "flows",
    "calls",
    "reports",
    "flowbuilder",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "flowbuilder.https_only.ApiOnHttpsOnly",
    "flowbuilder.unreadable.RefuseUnreadable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.CurrentAccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "flowbuilder.urls"
WSGI_APPLICATION = "flowbuilder.wsgi.application"
ASGI_APPLICATION = "flowbuilder.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "flowbuilder.navigation.navigation",
            ],
        },
    },
]

# --- database -------------------------------------------------------------------------------------
DATABASE_URL: str = env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'flowbuilder.sqlite3'}")


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one database URL.

    SQLite: write-ahead log and IMMEDIATE transactions, measured to be the pair that yields no lock errors
    with several processes writing. PostgreSQL: a psycopg pool, because a connection a request costs
    the server more than the request's own queries.
    """
    parsed: dict[str, Any] = {**dj_database_url.parse(url)}
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        options = parsed.get("OPTIONS") or {}
        parsed["OPTIONS"] = options | {"pool": {"min_size": 1, "max_size": 20, "timeout": 5}}
    return parsed


DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- broker and live layer ------------------------------------------------------------------------
REDIS_URL: str = env.str("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
# A hung broker must cost seconds in a background thread, not minutes.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ROUTES = {
    "sms.tasks.submit_messages": {"queue": "submit"},
    "sms.tasks.process_receipts": {"queue": "receipts"},
    "webhooks.tasks.*": {"queue": "webhooks"},
    "dlt.tasks.run_imports": {"queue": "imports"},
}
# The database is the record and Celery messages are hints: these find what a hint missed.


def every(seconds: float, task: str) -> dict[str, object]:
    """Run a task again and again; one that waited for longer than a few turns is not run late."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(5.0, seconds * 3)}}


CELERY_BEAT_SCHEDULE = {
    "submit what waits": every(1.0, "sms.tasks.submit_messages"),
    "understand receipts": every(1.0, "sms.tasks.process_receipts"),
    "let the simulated carrier report": every(0.5, "sms.tasks.run_simulated_carrier"),
    "settle lost leases": every(10.0, "sms.tasks.settle_lost_leases"),
    "deliver webhooks": every(1.0, "webhooks.tasks.deliver_due"),
    "ask what nobody waits for": every(2.0, "calls.tasks.run_background_requests"),
    "convert recordings": every(2.0, "flows.tasks.convert_audio"),
    "send e-mails of flows": every(2.0, "calls.tasks.send_emails"),
    "forget old answers of servers": every(3_600.0, "calls.tasks.forget_old_answers"),
    "close silent calls": every(60.0, "calls.tasks.close_silent_calls"),
    "count steps of calls": every(10.0, "calls.tasks.count_steps"),
    "end headers whose date is over": every(600.0, "dlt.tasks.expire_headers"),
    "mail notices": every(15.0, "accounts.tasks.mail_notices"),
    "forget old notices": every(86_400.0, "accounts.tasks.forget_old_notices"),
    "tell what waits too long": every(3_600.0, "dlt.tasks.tell_overdue"),
    "work on imports": every(2.0, "dlt.tasks.run_imports"),
    "forget old imports": every(3600.0, "dlt.tasks.forget_old_imports"),
    "sign of life": every(5.0, "flowbuilder.tasks.sign_of_life"),
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
}

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
# The sign-in form calls the e-mail address "username"; without this nobody would be locked out.
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "core.client_address.client_address"

# --- e-mail ---------------------------------------------------------------------------------------
EMAIL_URL: str = env.str("EMAIL_URL", "")


def mail_backend(scheme: str) -> str:
    """Return Django's way of mailing for the scheme of EMAIL_URL; without one nothing is mailed."""
    names = {"": "dummy", "console": "console", "smtp": "smtp", "smtps": "smtp"}
    if scheme not in names:
        raise ImproperlyConfigured(
            "EMAIL_URL must be smtp://user:password@host:587, smtps://user:password@host:465"
            " or console:, with special characters percent-encoded."
        )
    return f"django.core.mail.backends.{names[scheme]}.EmailBackend"


_mail = urlsplit(EMAIL_URL)
EMAIL_CONFIGURED = bool(EMAIL_URL)
EMAIL_BACKEND = mail_backend(_mail.scheme or EMAIL_URL)
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_USE_SSL = _mail.scheme == "smtps"
# Without TLS only where that was asked for.
EMAIL_USE_TLS = _mail.scheme == "smtp" and _mail.query != "tls=off"
EMAIL_PORT = _mail.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_TIMEOUT = 10
# Whether flows may send e-mails.
FLOW_EMAILS = EMAIL_CONFIGURED
EMAILS_PER_DAY = env.int("EMAILS_PER_DAY", 500)
DEFAULT_FROM_EMAIL: str = env.str("EMAIL_FROM", "Flowbuilder <flowbuilder@localhost>")

# --- browser --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
# The API refuses plain HTTP (flowbuilder.https_only): after a redirect a client would send its key in
# clear text each time, and nobody would notice.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^api/", r"^v2\.0/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "flowbuilder.error_pages.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# --- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.ApiKeyAuthentication",
        "accounts.authentication.MemberSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.permissions.RoleAllows"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api_errors.handle",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Flowbuilder API",
    "DESCRIPTION": "Flows, calls and SMS of one account. Send the key in the x-api-key header.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {
        "HeaderKindEnum": "dlt.models.Header.Kind",
        "CtaKindEnum": "dlt.models.Cta.Kind",
        "DltCheckEnum": "dlt.models.DltSettings.Check",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "PREPROCESSING_HOOKS": ["core.openapi.leave_out_second_names"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.openapi.complete",
    ],
}

# --- the product ----------------------------------------------------------------------------------
# Host names that stand for one's own test servers, as "name=address:port"; Passthru may reach them.
HTTP_TEST_HOSTS: dict[str, str] = env.dict("HTTP_TEST_HOSTS", {})
SMS_GATEWAY: str = env.str("SMS_GATEWAY", "simulator")
# Seconds the simulated carrier takes to answer a submit.
SIMULATED_CARRIER_SECONDS: float = env.float("SIMULATED_CARRIER_SECONDS", 0.0)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.EventFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}
