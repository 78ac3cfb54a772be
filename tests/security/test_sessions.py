"""Coming in, staying in, going out: what a thief of passwords, cookies or clicks meets."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Account, Role, User
from flows.models import Flow
from tests.builders import build_member
from tests.security.doors import PUBLIC, SIGNPOSTS, doors
from tests.security.production import HOST, use_production
from tests.security.visitors import browser_of, stranger
from tests.security.world import World, changed, everything_stored

PASSWORD = "correct horse battery"
LIMIT = 10


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def guess_wrong(email: str, headers: dict[str, str] | None = None) -> list[int]:
    """Guess from a new browser each time, as a program does."""
    return [
        sign_in(Client(headers=headers), email, f"guess {number}").status_code
        for number in range(LIMIT)
    ]


def test_guessing_is_locked_out_and_then_even_the_right_password_is_refused(editor: User):
    assert guess_wrong(editor.email) == [200] * (LIMIT - 1) + [429]
    locked = sign_in(stranger(), editor.email)
    assert locked.status_code == 429
    assert "sessionid" not in locked.cookies


def test_other_people_come_in_while_one_is_locked_out(editor: User, admin: User):
    guess_wrong(editor.email)
    assert sign_in(stranger(), admin.email).status_code == 302


def test_spelling_the_address_differently_gives_no_more_guesses(editor: User):
    for number in range(LIMIT):
        name, _, domain = editor.email.partition("@")
        sign_in(stranger(), f"  {name.upper() if number % 2 else name}@{domain} ", f"no {number}")
    assert sign_in(stranger(), editor.email).status_code == 429


def test_forged_addresses_of_the_client_give_no_more_guesses(editor: User):
    for number in range(LIMIT):
        forged = {"x-forwarded-for": f"203.0.113.{number}", "x-real-ip": f"203.0.113.{number}"}
        client = Client(headers=forged)
        sign_in(client, editor.email, f"no {number}")
    assert sign_in(stranger(), editor.email).status_code == 429


def test_behind_a_proxy_one_client_locks_out_nobody_elses(editor: User, settings: Any):
    settings.BEHIND_PROXY = True
    assert guess_wrong(editor.email, {"x-forwarded-for": "10.0.0.9, 203.0.113.5"})[-1] == 429
    elsewhere = Client(headers={"x-forwarded-for": "203.0.113.5, 198.51.100.7"})
    assert sign_in(elsewhere, editor.email).status_code == 302


def test_unknown_addresses_are_answered_like_known_ones(editor: User):
    known = sign_in(stranger(), editor.email, "wrong")
    unknown = sign_in(stranger(), "stranger@acme.example", "wrong")
    assert known.status_code == unknown.status_code == 200
    pages = [known.content.decode(), unknown.content.decode()]
    pages[0] = pages[0].replace(editor.email, "X")
    pages[1] = pages[1].replace("stranger@acme.example", "X")
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_unknown_addresses_are_locked_out_like_known_ones(editor: User):
    assert guess_wrong("stranger@acme.example") == guess_wrong(editor.email)


def test_a_switched_off_person_is_not_told_apart(editor: User):
    editor.is_active = False
    editor.save()
    answer = sign_in(stranger(), editor.email)
    assert answer.status_code == 200
    assert "do not belong together" in answer.content.decode()


def test_a_switched_off_person_is_out_at_once(editor: User):
    client = browser_of(editor)
    assert client.get("/flows/").status_code == 200
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert client.get("/flows/").status_code == 302
    assert client.get("/api/v1/flows").status_code == 401


def test_a_removed_member_is_out_at_once(editor: User):
    client = browser_of(editor)
    editor.memberships.all().delete()
    assert client.get("/flows/").status_code == 403
    assert client.get("/api/v1/flows").status_code == 401


def test_signing_in_changes_the_session_id(editor: User):
    """Somebody who planted a session id in the browser must not share the session."""
    client = browser_of(editor)
    planted = client.cookies["sessionid"].value
    client.post("/sign-out/")
    client.cookies["sessionid"] = planted
    sign_in(client, editor.email)
    assert client.cookies["sessionid"].value != planted
    thief = stranger()
    thief.cookies["sessionid"] = planted
    assert thief.get("/flows/").status_code == 302


def test_a_new_password_ends_the_other_sessions(editor: User):
    client = browser_of(editor)
    editor.set_password("another horse battery")
    editor.save()
    assert client.get("/flows/").status_code == 302


def test_signing_out_is_no_link_and_ends_the_session(editor: User):
    client = browser_of(editor)
    stolen = client.cookies["sessionid"].value
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/flows/").status_code == 200
    client.post("/sign-out/")
    thief = stranger()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/flows/").status_code == 302


@pytest.mark.parametrize(
    "forged", ["x" * 32, "", "a" * 4000, "../../etc/passwd", "' or 1=1--", "{}", "gAJ9cQEu"]
)
def test_made_up_session_cookies_are_strangers(editor: User, forged: str):
    client = stranger()
    client.cookies["sessionid"] = forged
    client.cookies["messages"] = forged
    assert client.get("/flows/").status_code == 302
    assert client.get("/api/v1/flows").status_code == 401


def test_cookies_of_public_installations_are_guarded(editor: User, settings: Any):
    use_production(settings)
    client = Client(headers={"host": HOST, "referer": f"https://{HOST}/sign-in/"})
    client.get("/sign-in/", secure=True)
    answer = client.post("/sign-in/", {"username": editor.email, "password": PASSWORD}, secure=True)
    assert answer.status_code == 302
    session = answer.cookies["sessionid"]
    assert session["httponly"] and session["secure"]
    assert session["samesite"] == "Lax"
    assert not session["domain"]
    token = answer.cookies["csrftoken"]
    assert token["secure"]
    assert token["samesite"] == "Lax"


def test_every_form_and_every_api_call_of_a_session_needs_the_token(world: World):
    before = everything_stored()
    accepted = []
    for door in doors(world.examples()):
        if door.route in (PUBLIC | SIGNPOSTS) - {"sign-in/"}:
            continue
        client = browser_of(world.admin, enforce_csrf_checks=True)
        for address in door.addresses:
            answer = client.post(address, "{}", content_type="application/json")
            if answer.status_code not in (403, 405):
                accepted.append((address, answer.status_code))
    assert accepted == []
    assert changed(before, everything_stored()) == []


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_json_in_disguise_is_refused(world: World, content_type: str):
    """What a foreign page can send without asking: it has cookies, but no token and no JSON type."""
    client = browser_of(world.admin, enforce_csrf_checks=True)
    body = '{"name": "Planted"}'
    for path in ("/api/v1/flows", "/v2.0/sms", "/api/v1/sms"):
        answer = client.post(path, body, content_type=content_type)
        assert answer.status_code in (403, 415)
    assert not Flow.objects.filter(name="Planted").exists()


def test_the_token_lets_the_own_page_in(world: World):
    client = browser_of(world.admin, enforce_csrf_checks=True)
    client.get(f"/flows/{world.flow.sid}/")
    token = client.cookies["csrftoken"].value
    answer = client.post(
        "/api/v1/flows",
        '{"name": "Mine"}',
        content_type="application/json",
        headers={"x-csrftoken": token},
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "away",
    [
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "https://evil.test/",
        "http:evil.test",
        "javascript:alert(1)",
        "//localhost@evil.test",
        "\thttps://evil.test",
        "https:///evil.test",
    ],
)
def test_next_stays_on_this_site(editor: User, away: str):
    assert sign_in(stranger(), editor.email, next=away)["Location"] == "/"
    answer = browser_of(editor).get("/sign-in/", {"next": away})
    assert answer["Location"] == "/"


def test_accounts_of_others_cannot_be_chosen(editor: User, other_account: Account):
    build_member(other_account, Role.ADMIN)
    client = browser_of(editor)
    for slug in ("globex", "", "x" * 5000, "acme' or 1=1"):
        client.post("/settings/account/", {"account": slug})
        assert "Globex" not in client.get("/flows/").content.decode()
