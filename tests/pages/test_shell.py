"""What every page promises: no inline code, a policy that forbids it, plain errors."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from accounts.models import User
from flowbuilder.error_pages import bad_request, server_error
from tests.builders import build_entity, build_header, build_template

ClientOf = Callable[[User], Client]
PATHS = [
    "/flows/",
    "/dlt/templates/",
    "/dlt/templates/new/",
    "/dlt/headers/",
    "/dlt/headers/new/",
    "/dlt/entities/",
    "/dlt/entities/new/",
    "/approvals/",
    "/settings/members/",
    "/settings/keys/",
    "/settings/balance/",
    "/settings/audit/",
]


@pytest.mark.parametrize("path", PATHS)
def test_pages_have_no_inline_code(client_of: ClientOf, admin: User, path: str):
    build_template(build_header(build_entity(admin.memberships.get().account)), state="pending")
    answer = client_of(admin).get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "{{" not in page
    assert "{%" not in page


def test_the_theme_is_drawn_by_the_server(client_of: ClientOf, viewer: User):
    client = client_of(viewer)
    assert 'lang="en-GB">' in client.get("/flows/").content.decode()
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/flows/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme=" not in client.get("/flows/").content.decode().split("<body")[0]


def test_what_is_not_there_is_said_plainly(client_of: ClientOf, viewer: User, client: Client):
    answer = client_of(viewer).get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/api/v1/nowhere").json()["error"]["code"] == "not_found"


def test_errors_of_ours_need_neither_database_nor_session(rf: RequestFactory):
    request: HttpRequest = rf.get("/flows/")
    answer = server_error(request)
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "traceback" not in answer.content.decode().lower()
    assert server_error(rf.get("/api/v1/flows")).status_code == 500
    assert bad_request(rf.get("/"), Exception()).status_code == 400


def test_roles_see_their_own_menu(client_of: ClientOf, viewer: User):
    page = client_of(viewer).get("/settings/members/").content.decode()
    assert "Read only" in page
    assert "/settings/keys/" not in page
    assert "Add member" not in page
