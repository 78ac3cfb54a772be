"""Coming in, going out, being locked out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, Membership, Role, User

PASSWORD = "correct horse battery"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str):
    return client.post("/sign-in/", {"username": email, "password": password, **extra})


def test_members_come_in_by_e_mail_in_any_case(client: Client, editor: User):
    answer = sign_in(client, editor.email.upper())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/flows/").status_code == 200


def test_a_wrong_password_is_explained(client: Client, editor: User):
    answer = sign_in(client, editor.email, "wrong")
    assert answer.status_code == 200
    assert "do not belong together" in answer.content.decode()


def test_pages_send_strangers_to_sign_in_and_back(client: Client, editor: User):
    answer = client.get("/dlt/templates/?state=pending")
    assert answer["Location"] == "/sign-in/?next=/dlt/templates/%3Fstate%3Dpending"
    back = sign_in(client, editor.email, next="/dlt/templates/?state=pending")
    assert back["Location"] == "/dlt/templates/?state=pending"


def test_next_never_leads_to_another_site(client: Client, editor: User):
    assert sign_in(client, editor.email, next="https://evil.example/")["Location"] == "/"


def test_repeated_wrong_passwords_lock_the_address(client: Client, editor: User):
    for _ in range(10):
        answer = sign_in(client, editor.email, "wrong")
    assert answer.status_code == 429
    assert "Sign-in is locked" in answer.content.decode()
    assert sign_in(client, editor.email).status_code == 429


def test_signing_out_is_a_post(client_of: Callable[[User], Client], editor: User):
    client = client_of(editor)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/flows/").status_code == 302


def test_demo_logins_are_named_in_the_demo_only(client: Client, db: None, settings):
    assert "This is the demo" in client.get("/sign-in/").content.decode()
    settings.DEMO = False
    assert "This is the demo" not in client.get("/sign-in/").content.decode()


def test_people_without_an_account_are_refused(client_of: Callable[[User], Client], db: None):
    loner = User.objects.create_user("loner@example.org", PASSWORD, name="Lone Ranger")
    assert client_of(loner).get("/flows/").status_code == 403


def test_people_of_two_accounts_choose(
    client_of: Callable[[User], Client], editor: User, other_account: Account
):
    client = client_of(editor)
    client.post("/settings/account/", {"account": "globex"})
    assert "Globex" not in client.get("/flows/").content.decode()
    Membership.objects.create(account=other_account, user=editor, role=Role.VIEWER)
    client.post("/settings/account/", {"account": "globex"})
    assert '<span class="muted clip">Globex</span>' in client.get("/flows/").content.decode()


@pytest.mark.parametrize("path", ["/", "/flows/", "/approvals/", "/settings/members/"])
def test_no_page_is_public(client: Client, db: None, path: str):
    assert client.get(path).status_code == 302
