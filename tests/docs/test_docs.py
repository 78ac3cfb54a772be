"""What the documents promise is there, and what is there is documented."""

from __future__ import annotations

import base64
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from accounts.models import User
from applets.registry import all_applets
from tests.docs.codes import codes
from webhooks.signing import signature

ROOT: Final = Path(__file__).resolve().parents[2]
DOCUMENTS: Final = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda file: str(file)
)
_LINK: Final = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_FENCE: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)(.*)$", re.MULTILINE)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _headings(text: str) -> set[str]:
    return {heading.strip().strip("`") for heading in _HEADING.findall(_FENCE.sub("", text))}


def _anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _headings(text)
    }


def _settings_read() -> Iterator[str]:
    for file in sorted((ROOT / "flowbuilder" / "settings").glob("*.py")):
        yield from re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", file.read_text(encoding="utf-8"))


def test_every_applet_has_a_page():
    pages = {file.stem for file in (ROOT / "docs" / "applets").glob("*.md")}
    assert pages == {applet.slug for applet in all_applets()}


def test_every_port_and_setting_is_on_its_applets_page():
    for applet in all_applets():
        page = _read(f"docs/applets/{applet.slug}.md")
        for name in applet.settings_model.model_fields:
            assert f"`{name}`" in page, f"{applet.slug}: {name}"


def test_every_error_code_is_explained():
    headings = re.findall(r"^### `([^`]+)`$", _read("docs/errors.md"), re.MULTILINE)
    assert sorted(codes() - set(headings)) == []
    assert sorted(set(headings) - codes()) == []
    assert len(headings) == len(set(headings))


def test_every_explanation_says_something():
    sections = re.split(r"^#{2,3} .+$", _read("docs/errors.md"), flags=re.MULTILINE)
    explained = re.split(r"^### .+$", _read("docs/errors.md"), flags=re.MULTILINE)[1:]
    assert sections
    assert all(len(text.split()) > 5 for text in explained)


def test_every_setting_of_the_environment_is_explained():
    headings = _headings(_read("docs/operations.md"))
    assert {"DATABASE_URL", "PORT"} <= set(_settings_read()) <= headings


def test_the_readme_names_both_commands_and_shows_the_product():
    readme = _read("README.md")
    assert re.search(r"^make run\b", readme, re.MULTILINE)
    assert re.search(r"^make test\b", readme, re.MULTILINE)
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(pictures) == 2
    assert all((ROOT / picture).stat().st_size < 250_000 for picture in pictures)


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_lead_somewhere(file: Path):
    for link in _LINK.findall(_FENCE.sub("", file.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(target.read_text(encoding="utf-8")), link


def test_the_index_links_every_document():
    linked = {
        (ROOT / "docs" / link.partition("#")[0]).resolve()
        for link in _LINK.findall(_read("docs/index.md"))
    }
    assert set((ROOT / "docs").rglob("*.md")) - linked == {ROOT / "docs" / "index.md"}


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@pytest.mark.django_db
def test_strangers_can_read_about_every_path(client: Client):
    answer = client.get("/api/v1/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)
    for path, methods in _schema()["paths"].items():
        assert f">{path}</a>" in page
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page


def test_members_read_about_the_api_inside_their_pages(
    client_of: Callable[[User], Client], viewer: User
):
    page = client_of(viewer).get("/api/v1/docs/").content.decode()
    assert "SMS reports" in page
    assert settings.PUBLIC_URL in page


def test_every_operation_is_described():
    schema = _schema()
    known = {tag["name"] for tag in schema["tags"]}
    names = []
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            assert set(operation["tags"]) <= known, path
            assert operation["summary"], path
            assert operation["x-role"] in {"viewer", "editor", "admin"}, path
            assert "default" in operation["responses"], path
            names.append(operation["operationId"])
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)


def test_the_recipe_for_webhooks_verifies_what_we_sign():
    recipe = re.search(r"```python\n(import base64.*?)```", _read("docs/api.md"), re.DOTALL)
    assert recipe
    names: dict[str, Any] = {}
    exec(recipe[1], names)  # noqa: S102 -- our own document
    secret, body, sent = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"id": "evt1"}', 1_795_000_000
    signed = signature(secret, "evt1", sent, body)
    headers = {"webhook-id": "evt1", "webhook-timestamp": str(sent), "webhook-signature": signed}
    assert base64.b64decode(signed.removeprefix("v1,"))
    assert names["verify"](secret, headers, body, sent + 10)
    assert not names["verify"](secret, headers, body + b" ", sent + 10)
    assert not names["verify"](secret, headers, body, sent + 1000)


def test_the_gateway_in_the_documents_can_be_loaded():
    found = re.search(
        r"```python\n(\"\"\"Acme Telecom.*?)```", _read("docs/operations.md"), re.DOTALL
    )
    assert found
    names: dict[str, Any] = {}
    exec(found[1], names)  # noqa: S102 -- our own document
    receipt = names["gateway"].parse_receipt({"id": "1", "ref": "sms1", "stat": "DELIVRD"})
    assert receipt.status == "delivered"
    assert names["gateway"].parse_receipt({"stat": "SOMETHING"}).status is None


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_without_addresses(name: str):
    text = _read(name)
    assert "://" not in text
    assert not re.search(r"^\s*-(?:i|f)\b|--(?:extra-)?index-url|--find-links", text, re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    for entry in filter(re.compile(r"[A-Za-z0-9]").match, entries):
        assert "==" in entry, entry
        assert "--hash=sha256:" in entry, entry


def test_direct_dependencies_are_the_ones_compiled():
    project = tomllib.loads(_read("pyproject.toml"))
    asked = [
        (project["project"]["dependencies"], "requirements.txt"),
        (project["dependency-groups"]["dev"], "requirements-dev.txt"),
    ]
    for lines, name in asked:
        pinned = _pinned(name)
        for wanted in map(Requirement, lines):
            versions = pinned.get(canonicalize_name(wanted.name), [])
            assert versions, f"{wanted.name} is not in {name}"
            assert all(wanted.specifier.contains(version) for version in versions), wanted


def _pinned(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for package, version, _ in _PINNED.findall(_read(name)):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def test_the_committed_schema_is_the_one_the_views_have(tmp_path: Path):
    """`make schema` writes it anew."""
    written = tmp_path / "openapi.json"
    call_command("spectacular", "--format", "openapi-json", "--file", str(written))
    assert json.loads(written.read_text()) == json.loads((ROOT / "docs/openapi.json").read_text())
