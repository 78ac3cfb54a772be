"""Members, keys, balance, audit log."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Account, ApiKey, AuditEvent, Membership, Role, User
from billing.models import Balance
from tests.builders import build_member

ClientOf = Callable[[User], Client]


def test_a_key_is_shown_once_and_works(client_of: ClientOf, admin: User, client: Client):
    browser = client_of(admin)
    page = browser.post("/settings/keys/", {"name": "Order system", "role": "editor"})
    assert "no-store" in page["Cache-Control"]
    found = re.search(r"fb_live_[\w-]+_[\w-]{43}", page.content.decode())
    assert found
    secret = found[0]
    assert secret not in browser.get("/settings/keys/").content.decode()
    path = "/api/v1/dlt/entities"
    assert client.get(path, headers={"x-api-key": secret}).status_code == 200
    browser.post(f"/settings/keys/{ApiKey.objects.get().pk}/revoke/")
    assert client.get(path, headers={"x-api-key": secret}).status_code == 401
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {
        "api_key.created",
        "api_key.revoked",
    }


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/settings/keys/", "get"),
        ("/settings/keys/", "post"),
        ("/settings/audit/", "get"),
        ("/settings/members/", "post"),
        ("/settings/members/1/role/", "post"),
        ("/settings/members/1/remove/", "post"),
        ("/settings/balance/", "post"),
    ],
)
def test_only_admins_manage(
    client_of: ClientOf, editor: User, viewer: User, path: str, method: str
):
    for person in (editor, viewer):
        assert getattr(client_of(person), method)(path, {"name": "x"}).status_code == 403


def test_keys_of_other_accounts_stay(
    client_of: ClientOf, admin: User, api_of: Callable[..., Client], other_account: Account
):
    api_of(other_account)
    client_of(admin).post(f"/settings/keys/{ApiKey.objects.get().pk}/revoke/")
    assert ApiKey.objects.get().revoked is None


def test_an_admin_adds_a_member(client_of: ClientOf, admin: User):
    form = {"name": "Dev Patel", "email": "Dev@Acme.example", "role": "viewer"}
    page = client_of(admin).post("/settings/members/", form).content.decode()
    found = re.search(r"<code>([\w-]{16})</code>", page)
    assert found
    assert User.objects.get(email="dev@acme.example").check_password(found[1])
    assert Membership.objects.get(user__email="dev@acme.example").role == Role.VIEWER
    again = client_of(admin).post("/settings/members/", form).content.decode()
    assert "is a member of this account already" in again


def test_the_last_admin_stays(client_of: ClientOf, admin: User, account: Account):
    own = Membership.objects.get(user=admin)
    client = client_of(admin)
    client.post(f"/settings/members/{own.pk}/role/", {"role": "viewer"})
    client.post(f"/settings/members/{own.pk}/remove/")
    assert Membership.objects.get(user=admin).role == Role.ADMIN
    build_member(account, Role.ADMIN, "second@acme.example")
    client.post(f"/settings/members/{own.pk}/role/", {"role": "viewer"})
    assert Membership.objects.get(user=admin).role == Role.VIEWER


def test_members_of_other_accounts_stay(client_of: ClientOf, admin: User, other_account: Account):
    foreign = Membership.objects.get(user=build_member(other_account, Role.EDITOR))
    client_of(admin).post(f"/settings/members/{foreign.pk}/role/", {"role": "admin"})
    client_of(admin).post(f"/settings/members/{foreign.pk}/remove/")
    foreign.refresh_from_db()
    assert foreign.role == Role.EDITOR


def test_an_admin_tops_up(client_of: ClientOf, admin: User, account: Account):
    answer = client_of(admin).post("/settings/balance/", {"amount": "250.50", "note": "Invoice 7"})
    assert answer.status_code == 302
    assert Balance.objects.get(account=account).available_paise == 125_050
    assert AuditEvent.objects.get().action == "balance.topped_up"
    page = client_of(admin).get("/settings/balance/").content.decode()
    assert "₹1,250.50" in page
    assert "Invoice 7" in page


@pytest.mark.parametrize("amount", ["", "0", "-5", "abc", "1.234", "99999999", "NaN", "1e30"])
def test_bad_amounts_change_nothing(
    client_of: ClientOf, admin: User, account: Account, amount: str
):
    answer = client_of(admin).post("/settings/balance/", {"amount": amount})
    assert answer.status_code == 200
    assert Balance.objects.get(account=account).available_paise == 100_000


def test_the_audit_log_is_searched(client_of: ClientOf, admin: User):
    client = client_of(admin)
    client.post("/settings/keys/", {"name": "Alpha", "role": "viewer"})
    client.post("/settings/keys/", {"name": "Beta", "role": "viewer"})
    page = client.get("/settings/audit/?q=alpha").content.decode()
    assert "Alpha" in page
    assert "Beta" not in page
