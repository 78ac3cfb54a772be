"""Commands that begin an installation."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Account, Role


def run(*arguments: str) -> str:
    said = io.StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue().strip()


@pytest.mark.django_db
def test_the_first_account_comes_with_an_admin_who_can_sign_in():
    name = ["create_account", "--account", "acme", "--name", "Acme", "--admin", "You@acme.example"]
    password = run(*name, "--price", "+91=16")
    account = Account.objects.get(slug="acme")
    assert [(row.user.email, row.role) for row in account.memberships.all()] == [
        ("you@acme.example", Role.ADMIN)
    ]
    assert account.prices.get().paise_per_segment == 16
    answer = Client().post("/sign-in/", {"username": "you@acme.example", "password": password})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_a_key_is_printed_alone_and_works():
    run("create_account", "--account", "acme", "--name", "Acme", "--admin", "you@acme.example")
    key = run("create_api_key", "--account", "acme", "--name", "Order system")
    assert Client(headers={"x-api-key": key}).get("/v2.0/sms").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["create_api_key", "--account", "nobody", "--name", "x"], "nobody"),
        (
            ["create_account", "--account", "a", "--name", "A", "--admin", "a@b.c", "--price", "5"],
            "+91=16",
        ),
    ],
)
def test_a_mistake_is_named(arguments: list[str], named: str):
    with pytest.raises(CommandError, match=named.replace("+", r"\+")):
        run(*arguments)
