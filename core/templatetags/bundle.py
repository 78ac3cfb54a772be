"""Names the built front-end files: their names carry a hash, which Vite's manifest knows."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

MANIFEST = "builder/manifest.json"


class BundleMissing(Exception):
    """The front end was never built, or has no entry of that name."""


@lru_cache(maxsize=4)
def _read(path: str, changed_ns: int) -> dict[str, dict[str, Any]]:
    del changed_ns  # part of the key only: a new build is read anew
    chunks: dict[str, dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))
    return chunks


def _manifest() -> dict[str, dict[str, Any]]:
    found = finders.find(MANIFEST) or str(Path(settings.STATIC_ROOT) / MANIFEST)
    file = Path(found)
    if not file.exists():
        raise BundleMissing(f"static/{MANIFEST} is missing: run npm run build in frontend/.")
    return _read(str(file), file.stat().st_mtime_ns)


def _entry(name: str) -> dict[str, Any]:
    entries = {row["name"]: row for row in _manifest().values() if row.get("isEntry")}
    if name not in entries:
        raise BundleMissing(
            f"No entry {name!r} in the bundle. Known: {', '.join(sorted(entries))}."
        )
    return entries[name]


def _styles(entry: dict[str, Any]) -> list[str]:
    chunks = _manifest()
    names = list(entry.get("css", []))
    for key in entry.get("imports", []):
        names += _styles(chunks[key])
    return list(dict.fromkeys(names))


@register.simple_tag
def bundle(name: str) -> SafeString:
    """Link the script of an entry (``pages``, ``reports``, ``builder``) as a module."""
    return format_html_join(
        "",
        '<script type="module" src="{}"></script>',
        [(static(f"builder/{_entry(name)['file']}"),)],
    )


@register.simple_tag
def builder_assets() -> SafeString:
    """Link styles and script of the canvas."""
    chunks = _manifest()
    names = _styles(_entry("builder")) or [
        row["file"] for row in chunks.values() if row["file"].endswith(".css")
    ]
    links = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', [(static(f"builder/{name}"),) for name in names]
    )
    return SafeString(f"{links}\n{_preloads('builder')}\n{bundle('builder')}")


def _needed_by(key: str) -> list[str]:
    """Return the parts that a part cannot begin without."""
    needed: list[str] = []
    for other in _manifest()[key].get("imports", []):
        needed += [other, *_needed_by(other)]
    return needed


def _preloads(name: str) -> SafeString:
    """Announce the parts an entry loads at once, by the names it loads them by: as they were built."""
    keys: list[str] = []
    for key in _entry(name).get("dynamicImports", []):
        keys += [key, *_needed_by(key)]
    chunks = _manifest()
    files = [chunks[key]["file"] for key in dict.fromkeys(keys)]
    return format_html_join(
        "",
        '<link rel="modulepreload" href="{}builder/{}">',
        [(settings.STATIC_URL, file) for file in files],
    )
