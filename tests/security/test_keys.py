"""API keys: how they are kept, and what a wrong one gets."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.keys import create_key
from accounts.models import Account, ApiKey, Role
from tests.security.visitors import program_of, stranger
from tests.security.world import World, everything_stored

PATH = "/api/v1/flows"


def status(key: str, path: str = PATH) -> int:
    return stranger().get(path, headers={"x-api-key": key}).status_code


def test_the_database_holds_the_hash_and_nothing_of_the_key(account: Account):
    row, secret = create_key(account=account, name="Order system")
    stored = ApiKey.objects.filter(pk=row.pk).values().get()
    assert stored["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    hidden = secret.partition(f"{row.lookup}_")[2]
    assert len(hidden) >= 43
    assert hidden not in str(everything_stored())


def test_a_key_counts_in_the_header_only(account: Account):
    _, secret = create_key(account=account, name="Order system")
    assert status(secret) == 200
    for name in ("x-api-key", "api_key", "key", "token"):
        assert stranger().get(PATH, {name: secret}).status_code == 401
        assert stranger().post("/v2.0/sms", {name: secret, "to": "1"}).status_code == 401
    client = stranger()
    client.cookies["x-api-key"] = secret
    assert client.get(PATH).status_code == 401
    assert stranger().get(PATH, headers={"authorization": f"Bearer {secret}"}).status_code == 401


def test_a_key_opens_no_page(account: Account):
    client = program_of(account, Role.ADMIN)
    for page in ("/flows/", "/settings/keys/", "/reports/sms/export.csv"):
        assert client.get(page).status_code == 302


def test_a_revoked_key_is_refused_at_once(account: Account):
    row, secret = create_key(account=account, name="Order system")
    assert status(secret) == 200
    ApiKey.objects.filter(pk=row.pk).update(revoked=timezone.now())
    assert status(secret) == 401


def test_the_key_of_another_account_sees_only_its_own(world: World, other_account: Account):
    client = program_of(other_account, Role.ADMIN)
    assert client.get(PATH).json()["flows"] == []
    assert client.get("/v2.0/sms").json()["total"] == 0
    assert client.get(f"{PATH}/{world.flow.sid}").status_code == 404


def test_a_bad_key_is_refused_even_beside_a_good_session(world: World):
    client = Client()
    client.force_login(world.admin, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(PATH, headers={"x-api-key": "fb_live_wrong"}).status_code == 401


def malformed(secret: str, lookup: str) -> list[str]:
    hidden = secret.partition(f"{lookup}_")[2]
    return [
        "",
        " ",
        "x",
        "fb_live_",
        "fb_live__",
        f"fb_live_{lookup}",
        f"fb_live_{lookup}_",
        f"fb_live_{lookup}_{hidden[:-1]}",
        f"fb_live_{lookup}_{hidden}x",
        f"fb_live_{lookup}_{hidden[::-1]}",
        f"fb_live_{lookup[::-1]}_{hidden}",
        f"fb_test_{lookup}_{hidden}",
        f"FB_LIVE_{lookup}_{hidden}",
        f"fb_live_{lookup}_{hidden.swapcase()}",
        f"Bearer {secret}",
        f'"{secret}"',
        f"{secret},{secret}",
        hashlib.sha256(secret.encode()).hexdigest(),
        "fb_live_' or 1=1--_x",
        "fb_live_%_%",
        "fb_live_\u00e9\u00ff_x",
        "fb_live_a\0b_x",
        "fb_live_" + "9" * 10_240,
        "x" * 10_240,
        "null",
        "{}",
    ]


def test_malformed_keys_get_one_and_the_same_answer(account: Account):
    row, secret = create_key(account=account, name="Order system")
    answers = [
        stranger().get(PATH, headers={"x-api-key": key}) for key in malformed(secret, row.lookup)
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer["WWW-Authenticate"] for answer in answers} == {"x-api-key"}
    ApiKey.objects.filter(pk=row.pk).update(revoked=timezone.now())
    revoked = stranger().get(PATH, headers={"x-api-key": secret})
    assert revoked.content == answers[0].content


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.VIEWER, 403), (Role.EDITOR, 201), (Role.ADMIN, 201)]
)
def test_the_role_of_a_key_decides(account: Account, role: Role, expected: int):
    answer: Any = program_of(account, role).post(
        PATH, '{"name": "From a program"}', content_type="application/json"
    )
    assert answer.status_code == expected


def test_no_key_and_no_number_is_logged(world: World, caplog: pytest.LogCaptureFixture):
    _, secret = create_key(account=world.account, name="Order system")
    client = Client(headers={"x-api-key": secret})
    with caplog.at_level("DEBUG"):
        body = '{"to": "+919812300001", "text": "Your code is 123456"}'
        client.post("/api/v1/sms", body, content_type="application/json")
        status(secret + "x")
    told = "\n".join(
        f"{record.getMessage()} {vars(record)}"
        for record in caplog.records
        if not record.name.startswith("django.db")
    )
    for hidden in (secret, "919812300001", "123456"):
        assert hidden not in told
