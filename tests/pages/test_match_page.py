"""The search box that says which template a text is."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.models import Account, User
from tests.builders import build_entity, build_header, build_template

ClientOf = Callable[[User], Client]


def test_whoever_may_look_finds_the_search_in_the_registry(
    client_of: ClientOf, viewer: User, account: Account
):
    build_template(build_header(build_entity(account)))
    client = client_of(viewer)
    assert 'href="/dlt/match/"' in client.get("/dlt/templates/").content.decode()
    page = client.get("/dlt/match/").content.decode()
    assert "Which template is this?" in page
    assert 'href="/dlt/match/" aria-current="page"' in page


def test_a_text_in_the_address_stands_in_the_field(client_of: ClientOf, viewer: User):
    page = client_of(viewer).get("/dlt/match/", {"text": "Hi </textarea> {#var#}"}).content.decode()
    assert "Hi &lt;/textarea&gt; {#var#}</textarea>" in page
    assert client_of(viewer).get("/dlt/match/", {"text": "x" * 9000}).status_code == 200


def test_an_empty_registry_says_what_to_do(client_of: ClientOf, viewer: User):
    assert "No templates yet" in client_of(viewer).get("/dlt/match/").content.decode()


def test_strangers_are_sent_to_sign_in(account: Account):
    assert Client().get("/dlt/match/").status_code == 302
