"""The built front end in the repository is the one its sources make."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
FRONTEND: Final = ROOT / "frontend"
BUNDLE: Final = ROOT / "static" / "builder"
SINGLE_FILES: Final = (
    "index.html",
    "vite.config.ts",
    "tsconfig.json",
    "package.json",
    "package-lock.json",
    "scripts/build-stamp.mjs",
)


def _sources() -> Iterator[str]:
    for file in (FRONTEND / "src").rglob("*"):
        if file.is_file():
            yield file.relative_to(FRONTEND).as_posix()
    yield from (name for name in SINGLE_FILES if (FRONTEND / name).exists())


def _source_sha256() -> str:
    """The rule of frontend/scripts/build-stamp.mjs: path, NUL, content, NUL, sorted by path."""
    stamp = hashlib.sha256()
    for path in sorted(_sources(), key=str.encode):
        stamp.update(path.encode() + b"\0" + (FRONTEND / path).read_bytes() + b"\0")
    return stamp.hexdigest()


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_bundle_was_built_from_the_source_beside_it():
    stamp = _json(BUNDLE / "BUILD.json")["source_sha256"]
    assert stamp == _source_sha256(), "The front end changed: run make frontend."


def test_the_bundle_is_whole_and_holds_nothing_else():
    chunks = _json(BUNDLE / "manifest.json")
    named = {"BUILD.json", "manifest.json"}
    for chunk in chunks.values():
        named |= {chunk["file"], *chunk.get("css", ()), *chunk.get("assets", ())}
    there = {file.relative_to(BUNDLE).as_posix() for file in BUNDLE.rglob("*") if file.is_file()}
    assert there == named
    entries = {chunk["name"] for chunk in chunks.values() if chunk.get("isEntry")}
    assert entries == {"builder", "pages", "reports"}


def test_the_lock_file_does_not_say_where_it_downloaded_from():
    packages = _json(FRONTEND / "package-lock.json")["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    installed = [package for name, package in packages.items() if name]
    assert all("integrity" in package for package in installed)


def test_the_builder_s_first_load_stays_small() -> None:
    """What the browser fetches before the canvas is there: at most 180 kB, compressed."""
    manifest = _json(BUNDLE / "manifest.json")
    waiting, parts = ["src/main.tsx", "src/start.tsx"], set[str]()
    while waiting:
        part = waiting.pop()
        if part not in parts:
            parts.add(part)
            waiting += manifest[part].get("imports", [])
    files = {name for part in parts for name in _files_of(manifest[part])}
    assert sum(len(gzip.compress((BUNDLE / name).read_bytes())) for name in files) <= 180_000


def _files_of(part: dict[str, Any]) -> list[str]:
    return [part["file"], *part.get("css", [])]
