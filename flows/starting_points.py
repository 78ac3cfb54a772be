"""Flows to begin from: whole graphs that need only the account's own numbers and texts.

One file each in ``flows/gallery/``, named by the slug: label, category, icon, description, order and graph.
Sources: the use cases of the SMS applet's guide, and the templates that flow builders of the field offer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from applets.registry import find
from flows.thumbnail import Thumbnail, thumbnail

Graph = dict[str, Any]

CATEGORIES: Final = {
    "sms": "SMS after calls",
    "menus": "Menus and questions",
    "teams": "Teams and opening hours",
    "systems": "Your own systems",
}
_FOLDER: Final = Path(__file__).parent / "gallery"


@dataclass(frozen=True)
class StartingPoint:
    """One choice of the dialog that makes a flow."""

    slug: str
    label: str
    description: str
    icon: str
    category: str
    graph: Graph | None

    @cached_property
    def picture(self) -> Thumbnail:
        return thumbnail(self.graph or {})

    @property
    def runs_here(self) -> bool:
        """Whether this installation has every applet it is made of."""
        nodes = self.graph["nodes"] if self.graph else []
        return all(find(node["type"]) for node in nodes)


def _read() -> tuple[StartingPoint, ...]:
    files = [
        (json.loads(file.read_text(encoding="utf-8")), file.stem) for file in _FOLDER.glob("*.json")
    ]
    points = [
        StartingPoint(
            slug, row["label"], row["description"], row["icon"], row["category"], row["graph"]
        )
        for row, slug in sorted(files, key=lambda pair: pair[0]["order"])
    ]
    return (StartingPoint("blank", "Blank", "An empty canvas.", "plus", "", None), *points)


STARTING_POINTS: Final = _read()


def graph_of(slug: str) -> Graph | None:
    """Return the graph of a starting point; unknown ones are blank."""
    return next((point.graph for point in STARTING_POINTS if point.slug == slug), None)
