"""What every answer promises the browser, and what a public installation insists on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from accounts.models import Role
from tests.security.doors import doors
from tests.security.production import HOST, start, use_production
from tests.security.visitors import browser_of, program_of, stranger
from tests.security.world import World

INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def every_answer(world: World) -> list[tuple[str, Any]]:
    """Open every address as the people who see most, and a few that are not there."""
    answers = []
    for door in doors(world.examples()):
        client = browser_of(world.admin)
        answers += [(address, client.get(address)) for address in door.addresses]
    lost = ["/nowhere/", "/api/v1/nowhere", "/flows/flwnothere/", "/flows/?q=%00"]
    answers += [(address, browser_of(world.viewer).get(address)) for address in lost]
    answers += [(address, stranger().get(address)) for address in ("/sign-in/", "/nowhere/")]
    answers.append(("/settings/keys/", browser_of(world.viewer).get("/settings/keys/")))
    return answers


def directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


def test_every_answer_carries_the_policy_and_no_inline_code(world: World):
    answers = every_answer(world)
    assert sum(answer["Content-Type"].startswith("text/html") for _, answer in answers) > 25
    for address, answer in answers:
        policy = directives(answer["Content-Security-Policy"])
        assert policy["script-src"] == {"'self'"}, address
        assert policy["style-src"] == {"'self'"}, address
        assert policy["object-src"] == policy["base-uri"] == {"'none'"}, address
        assert policy["frame-ancestors"] == {"'none'"}, address
        assert "unsafe" not in answer["Content-Security-Policy"], address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["X-Frame-Options"] == "DENY", address
        assert "Access-Control-Allow-Origin" not in answer, address
        if answer["Content-Type"].startswith("text/html"):
            assert inline_code(answer.content.decode()) == [], address


def inline_code(page: str) -> list[str]:
    """Return what the policy would block: scripts with a body, style and event attributes.

    A block of data for the canvas is no code: its type says so.
    """
    found = [
        match["body"]
        for match in SCRIPT.finditer(page)
        if match["body"].strip() and 'type="application/json"' not in match["attributes"]
    ]
    return found + INLINE.findall(SCRIPT.sub("", page))


def test_pages_name_no_other_origin_for_code(world: World):
    for address, answer in every_answer(world):
        if not answer["Content-Type"].startswith("text/html"):
            continue
        sources = re.findall(
            r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]+)"', answer.content.decode()
        )
        assert [s for s in sources if not s.startswith(("/", "data:", "#"))] == [], address


def test_pages_behind_sign_in_are_not_kept_by_shared_caches(world: World):
    client = browser_of(world.admin)
    for door in doors(world.examples()):
        answer = client.get(door.addresses[0])
        if answer.status_code == 200 and "/sign" not in door.route and not door.is_api:
            told = answer.get("Cache-Control", "") + " " + answer.get("Vary", "")
            shared = "private" in told or "no-store" in told or "Cookie" in told
            assert shared or world.account.name not in page_of(answer), door.route


def page_of(answer: Any) -> str:
    return "" if answer.streaming else answer.content.decode()


def test_public_installations_insist_on_https(world: World, settings: Any):
    use_production(settings)
    plain = Client(headers={"host": HOST}).get("/flows/")
    assert (plain.status_code, plain["Location"]) == (301, f"https://{HOST}/flows/")
    secure = Client(headers={"host": HOST}).get("/sign-in/", secure=True)
    assert secure.status_code == 200
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_the_api_refuses_plain_http_instead_of_redirecting(world: World, settings: Any):
    use_production(settings)
    client = program_of(world.account, Role.ADMIN)
    for path in ("/api/v1/flows", "/v2.0/sms", "/api/v2.0/sms"):
        answer = client.get(path, headers={"host": HOST})
        assert answer.status_code == 403
        assert "https" in answer.json()["error"]["message"]
        assert client.get(path, headers={"host": HOST}, secure=True).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        {"host": "evil.test"},
        {"host": f"{HOST}.evil.test"},
        {"host": f"evil.test/{HOST}"},
        {"host": f"{HOST}@evil.test"},
        {"host": ""},
    ],
)
def test_a_foreign_host_is_refused(world: World, settings: Any, header: dict[str, str]):
    use_production(settings)
    for path in ("/sign-in/", "/flows/", "/api/v1/flows"):
        answer = Client(raise_request_exception=False).get(path, headers=header, secure=True)
        assert answer.status_code == 400
        assert "evil" not in answer.content.decode()


def test_forwarded_headers_of_strangers_are_not_believed(world: World, settings: Any):
    use_production(settings)
    forged = {"host": HOST, "x-forwarded-proto": "https", "x-forwarded-host": "evil.test"}
    answer = Client(headers=forged).get("/sign-in/")
    assert answer["Location"] == f"https://{HOST}/sign-in/"


def test_faults_of_ours_tell_nothing(world: World, settings: Any, monkeypatch: pytest.MonkeyPatch):
    """A template that broke stands for any fault: no trace, no path, no setting is told."""
    assert configured.DEBUG is False
    settings.ROOT_URLCONF = "tests.security.broken_urls"
    for path in ("/broken", "/api/broken"):
        answer = stranger().get(path)
        assert answer.status_code == 500
        told = answer.content.decode().lower()
        assert not any(word in told for word in ("traceback", "secret sauce", ".py", "django"))


def test_the_deployment_check_is_clean(tmp_path: Path):
    done = start(
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        tmp_path,
        SECRET_KEY=SECRET,
        ALLOWED_HOSTS=HOST,
        PUBLIC_URL=f"https://{HOST}",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("entry", ["flowbuilder.asgi", "flowbuilder.wsgi"])
def test_without_a_secret_nothing_starts(tmp_path: Path, entry: str):
    done = start(["-c", f"import {entry}"], tmp_path, ALLOWED_HOSTS=HOST)
    assert done.returncode != 0
    assert "ImproperlyConfigured: Set SECRET_KEY" in done.stderr
    assert start(["-c", f"import {entry}"], tmp_path, SECRET_KEY=SECRET).returncode == 0


def test_without_named_hosts_nobody_is_served(tmp_path: Path):
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(headers={'host': 'localhost'})\n"
        "print(client.get('/api/v1/flows', secure=True).status_code)"
    )
    done = start(["-c", script], tmp_path, SECRET_KEY=SECRET)
    assert done.stdout.strip() == "400", done.stderr
