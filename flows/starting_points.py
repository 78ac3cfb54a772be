"""Flows to begin from: whole graphs that need only the account's own numbers and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

Graph = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """One choice of the dialog that makes a flow."""

    slug: str
    label: str
    description: str
    icon: str
    graph: Graph | None


def _node(key: str, kind: str, name: str, **settings: object) -> dict[str, Any]:
    return {"id": key, "type": kind, "version": 1, "name": name, "settings": settings}


def _wire(start: str, port: str, end: str) -> dict[str, str]:
    return {"from": start, "port": port, "to": end}


def _graph(
    nodes: list[dict[str, Any]],
    wires: list[dict[str, str]],
    places: dict[str, tuple[int, int]],
) -> Graph:
    return {
        "schema": 1,
        "entry": nodes[0]["id"],
        "nodes": nodes,
        "connections": wires,
        "layout": {key: {"x": x, "y": y} for key, (x, y) in places.items()},
        "notes": [],
    }


_MISSED_CALL = _graph(
    [
        _node("n1", "greeting", "Welcome", say="Welcome. Please wait while we connect you."),
        _node("n2", "connect", "Team", to=[], ring_seconds=25),
        _node("n3", "sms", "Missed call alert", to="caller", body=""),
        _node("n4", "hangup", "End"),
    ],
    [
        _wire("n1", "next", "n2"),
        _wire("n2", "answered", "n4"),
        _wire("n2", "no_answer", "n3"),
        _wire("n2", "busy", "n3"),
        _wire("n2", "failed", "n3"),
        _wire("n3", "next", "n4"),
    ],
    {"n1": (0, 0), "n2": (300, 0), "n3": (600, 120), "n4": (900, 0)},
)

_MENU = _graph(
    [
        _node(
            "n1",
            "ivr",
            "Main menu",
            prompt="Welcome. For sales press 1. For support press 2.",
            choices=[{"digit": "1", "label": "Sales"}, {"digit": "2", "label": "Support"}],
        ),
        _node("n2", "connect", "Sales", to=[], ring_seconds=25),
        _node("n3", "connect", "Support", to=[], ring_seconds=25),
        _node("n4", "sms", "We call you back", to="caller", body=""),
        _node("n5", "hangup", "End"),
    ],
    [
        _wire("n1", "1", "n2"),
        _wire("n1", "2", "n3"),
        _wire("n1", "no_input", "n4"),
        _wire("n1", "no_match", "n4"),
        *[
            _wire(team, port, "n4")
            for team in ("n2", "n3")
            for port in ("no_answer", "busy", "failed")
        ],
        _wire("n2", "answered", "n5"),
        _wire("n3", "answered", "n5"),
        _wire("n4", "next", "n5"),
    ],
    {"n1": (0, 60), "n2": (320, 0), "n3": (320, 240), "n4": (640, 200), "n5": (940, 100)},
)

_LOOK_UP = _graph(
    [
        _node(
            "n1",
            "greeting",
            "Welcome",
            say="Thank you for calling. We send you the details by SMS.",
        ),
        _node("n2", "passthru", "Tell your server", url="", wait=True),
        _node("n3", "sms", "Details", to="caller", body=""),
        _node(
            "n4",
            "greeting",
            "Sorry",
            say="We could not find your details. Please call again later.",
        ),
        _node("n5", "hangup", "End"),
    ],
    [
        _wire("n1", "next", "n2"),
        _wire("n2", "ok", "n3"),
        _wire("n2", "other", "n4"),
        _wire("n2", "error", "n4"),
        _wire("n3", "next", "n5"),
        _wire("n4", "next", "n5"),
    ],
    {"n1": (0, 60), "n2": (300, 40), "n3": (620, 0), "n4": (620, 190), "n5": (920, 80)},
)

STARTING_POINTS: Final = (
    StartingPoint("blank", "Blank", "An empty canvas.", "plus", None),
    StartingPoint(
        "missed-call",
        "Missed call SMS",
        "Rings your team; callers nobody answers get an SMS.",
        "phone-missed",
        _MISSED_CALL,
    ),
    StartingPoint(
        "menu",
        "Menu with two teams",
        "Sales on 1, support on 2, an SMS when nobody answers.",
        "grid-3x3",
        _MENU,
    ),
    StartingPoint(
        "look-up",
        "Ask your server, then SMS",
        "Passthru looks the caller up; the answer goes out as an SMS.",
        "webhook",
        _LOOK_UP,
    ),
)


def graph_of(slug: str) -> Graph | None:
    """Return the graph of a starting point; unknown ones are blank."""
    return next((point.graph for point in STARTING_POINTS if point.slug == slug), None)
