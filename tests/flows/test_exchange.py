"""Flows as files: the same bytes for the same flow, and nothing taken in that is none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings

from accounts.models import Account
from flows.exchange.exports import file_name, file_text
from flows.exchange.files import read_upload
from flows.graph import parse
from tests.calls.talking import make_flow, post, read
from tests.flows.drawing import graph, greeting, hangup, missed_call, node
from tests.flows.test_laws import graphs

pytestmark = pytest.mark.django_db


def exported(api: Client, flow: str, **query: str) -> bytes:
    answer = api.get(f"/api/v1/flows/{flow}/export", query)
    assert answer.status_code == 200, answer.content
    return answer.content


def imported(
    api: Client, data: bytes, answered: int = 201, name: str = "a.json", **more: str
) -> Any:
    upload = SimpleUploadedFile(name, data)
    answer = api.post("/api/v1/flows/import", {"file": upload, **more})
    assert answer.status_code == answered, answer.content
    return answer.json()


def zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


@settings(deadline=None, max_examples=50)
@given(graphs())
def test_what_is_exported_imported_and_exported_again_is_the_same_to_the_byte(
    drawn: dict[str, Any],
) -> None:
    """Law, for any graph, also one that cannot run."""
    first = file_text("Any flow", parse(drawn))
    [found] = read_upload("any.flow.json", first.encode())
    assert found.graph is not None
    assert file_text(found.name, found.graph) == first


def test_a_flow_goes_to_another_account_and_back_unchanged(
    api: Client, api_of: Callable[..., Client], other_account: Account
) -> None:
    there = api_of(other_account)
    first = exported(api, make_flow(api, missed_call(), "Support line"))
    made = imported(there, first)["flows"][0]
    assert exported(there, made["flow"]) == first
    assert {issue["code"] for issue in made["issues"]} >= {"dlt.template_unknown"}


def test_the_file_is_named_after_the_flow(api: Client) -> None:
    flow = make_flow(api, None, "Größe / 1: “Menu”")
    answer = api.get(f"/api/v1/flows/{flow}/export")
    assert "attachment" in answer["Content-Disposition"]
    assert file_name("Größe / 1: “Menu”") == "Größe - 1- -Menu.flow.json"
    assert file_name("///") == "flow.flow.json"


def test_what_calls_run_can_be_exported_too(api: Client) -> None:
    flow = make_flow(api, graph(greeting("a"), hangup("h"), ways="a.next>h"))
    assert api.get(f"/api/v1/flows/{flow}/export?version=live").status_code == 422
    post(api, f"flows/{flow}/publish", {})
    draft = exported(api, flow)
    assert exported(api, flow, version="live") == draft
    assert exported(api, flow, version="1") == draft
    assert api.get(f"/api/v1/flows/{flow}/export?version=2").status_code == 404


def test_many_flows_are_one_zip_that_comes_in_again(api: Client) -> None:
    one, two = make_flow(api, missed_call(), "One"), make_flow(api, None, "Two")
    make_flow(api, None, "Three")
    some = api.get(f"/api/v1/flows/export?ids={one}&ids={two}").content
    assert zipfile.ZipFile(io.BytesIO(some)).namelist() == ["One.flow.json", "Two.flow.json"]
    assert some == api.get(f"/api/v1/flows/export?ids={two},{one}").content
    everything = imported(api, api.get("/api/v1/flows/export").content)["flows"]
    assert [row["name"] for row in everything] == ["One 2", "Three 2", "Two 2"]
    assert api.get("/api/v1/flows/export?ids=flwnone").status_code == 404


def test_a_dry_run_says_what_would_happen_and_stores_nothing(api: Client) -> None:
    data = exported(api, make_flow(api, missed_call(), "Support line"))
    told = imported(api, data, 200, dry_run="true")["flows"][0]
    assert (told["outcome"], told["name"], told["flow"]) == ("new", "Support line 2", None)
    assert told["applets"] == 4
    assert len(read(api, "flows")["flows"]) == 1


def test_a_flow_gets_a_new_draft_from_a_file_and_is_not_published(api: Client) -> None:
    flow = make_flow(api, graph(greeting("a"), hangup("h"), ways="a.next>h"), "Mine")
    post(api, f"flows/{flow}/publish", {})
    base = read(api, f"flows/{flow}")["draft"]["hash"]
    data = file_text("Another name", parse(missed_call())).encode()
    assert imported(api, data, 200, into=flow, dry_run="true")["flows"][0]["outcome"] == "update"
    stale = imported(api, data, 409, into=flow, base_hash="0" * 64)
    assert stale["error"]["code"] == "flows.stale_draft"
    done = imported(api, data, 200, into=flow, base_hash=base)["flows"][0]
    assert (done["outcome"], done["name"], done["flow"]) == ("update", "Mine", flow)
    shown = read(api, f"flows/{flow}")
    assert len(shown["draft"]["graph"]["nodes"]) == 4
    assert shown["live"]["number"] == 1
    assert imported(api, data, 200, into=flow, dry_run="true")["flows"][0]["outcome"] == "unchanged"


def test_a_zip_with_one_bad_flow_brings_in_the_others(api: Client) -> None:
    good = file_text("Good", parse(missed_call())).encode()
    files = {"good.json": good, "bad.json": b"{", "__MACOSX/x.json": b"", "readme.txt": b""}
    rows = imported(api, zipped(files), name="flows.zip")["flows"]
    assert [(row["file"], row["outcome"]) for row in rows] == [
        ("good.json", "new"),
        ("bad.json", "refused"),
    ]
    assert rows[1]["error"]["code"] == "flows.file_not_json"


MANY = {"schema": 1, "nodes": [{"id": f"n{n}", "type": "hangup"} for n in range(1_001)]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "flows.file_not_json"),
        (b'{"flowbuilder": 1,', "flows.file_not_json"),
        (b"\xff\xfe", "flows.file_not_json"),
        (b"[" * 100_000, "flows.file_not_json"),
        (b'{"flowbuilder": 1, "name": "x", "graph": {"nodes": NaN}}', "flows.file_not_json"),
        (b"[]", "flows.file_not_a_flow"),
        (b'{"hello": 1}', "flows.file_not_a_flow"),
        (b'{"flowbuilder": "1", "graph": {}}', "flows.file_not_a_flow"),
        (b'{"flowbuilder": 1, "name": 7, "graph": {}}', "flows.file_not_a_flow"),
        (b'{"flowbuilder": 2, "graph": {}}', "flows.file_newer"),
        (b'{"flowbuilder": 1, "name": "x"}', "flows.not_a_graph"),
        (b'{"flowbuilder": 1, "name": "x", "graph": {"schema": 2}}', "flows.not_a_graph"),
        (json.dumps({"flowbuilder": 1, "graph": MANY}).encode(), "flows.too_large"),
        (json.dumps(MANY).encode(), "flows.too_large"),
        (b"PK\x03\x04 broken", "flows.file_bad_zip"),
        (zipped({"readme.txt": b"hello"}), "flows.file_bad_zip"),
        (zipped({"bomb.json": b" " * (5 * 1024 * 1024)}), "flows.file_too_large"),
        (zipped({f"{n}.json": b" " * 4_000_000 for n in range(9)}), "flows.file_too_large"),
        (zipped({f"{n}.json": b"{}" for n in range(201)}), "flows.file_too_large"),
        (b" " * (6 * 1024 * 1024 + 1), "flows.file_too_large"),
    ],
)
def test_what_is_no_flow_is_named(api: Client, data: bytes, code: str) -> None:
    assert imported(api, data, 422)["error"]["code"] == code
    assert read(api, "flows")["flows"] == []


def test_many_flows_cannot_become_the_draft_of_one(api: Client) -> None:
    flow = make_flow(api, None, "Mine")
    one = file_text("x", parse(missed_call())).encode()
    answer = imported(api, zipped({"a.json": one, "b.json": one}), 422, into=flow)
    assert answer["error"]["code"] == "flows.one_flow_wanted"


def test_records_of_others_are_issues_and_never_looked_up(
    api: Client, api_of: Callable[..., Client], other_account: Account
) -> None:
    theirs = make_flow(api_of(other_account), graph(greeting("a")), "Theirs")
    drawn = graph(greeting("g"), node("t", "transfer", "On", flow=theirs), ways="g.next>t")
    row = imported(api, file_text("Mine", parse(drawn)).encode())["flows"][0]
    assert "flows.transfer_missing" in {issue["code"] for issue in row["issues"]}
    assert "Theirs" not in json.dumps(row)


def test_a_viewer_exports_but_does_not_import(
    account: Account, api_of: Callable[..., Client]
) -> None:
    flow = make_flow(api_of(account), missed_call())
    viewer = api_of(account, "viewer")
    data = exported(viewer, flow)
    assert imported(viewer, data, 403)["error"]["code"] == "not_allowed"


def test_the_page_looks_first_and_imports_then(client_of: Any, editor: Any) -> None:
    pages = client_of(editor)
    data = file_text("From a file", parse(missed_call())).encode()

    def sent(action: str, **more: str) -> str:
        upload = SimpleUploadedFile("a.flow.json", data)
        answer = pages.post("/flows/import/", {"file": upload, "action": action, **more})
        return str(answer.content.decode())

    assert "What would happen" in sent("look")
    assert "From a file" not in pages.get("/flows/").content.decode()
    assert "What happened" in sent("import")
    assert "From a file" in pages.get("/flows/").content.decode()
    assert "Choose a file first" in pages.post("/flows/import/", {}).content.decode()
