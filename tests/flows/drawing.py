"""Draws graphs in few words."""

from __future__ import annotations

from typing import Any

from tests.builders import PE_ID, TEMPLATE_ID

MISSED_CALL_BODY = (
    "We missed your call to {CallTo}. We will call you back soon. Ref {CallRef} - ACMECO"
)


def node(id_: str, type_: str, name: str = "", **settings: Any) -> dict[str, Any]:
    return {"id": id_, "type": type_, "version": 1, "name": name, "settings": settings}


def greeting(id_: str, say: str = "Hello.") -> dict[str, Any]:
    return node(id_, "greeting", say=say)


def menu(id_: str, *digits: str, **settings: Any) -> dict[str, Any]:
    choices = [{"digit": digit, "label": f"Key {digit}"} for digit in digits]
    return node(id_, "ivr", prompt="Choose.", choices=choices, **settings)


def connect(id_: str, name: str = "") -> dict[str, Any]:
    return node(id_, "connect", name, to=["+919812345678"])


def sms(id_: str, **settings: Any) -> dict[str, Any]:
    usual = {
        "to": "caller",
        "sender_id": "ACMECO",
        "body": MISSED_CALL_BODY,
        "dlt_template_id": TEMPLATE_ID,
        "dlt_entity_id": PE_ID,
    }
    return node(id_, "sms", **{**usual, **settings})


def passthru(id_: str, name: str = "", **settings: Any) -> dict[str, Any]:
    return node(id_, "passthru", name, **{"url": "https://bookings.demo.test/ask", **settings})


def hangup(id_: str) -> dict[str, Any]:
    return node(id_, "hangup")


def graph(*nodes: dict[str, Any], ways: str = "", entry: str | None = None) -> dict[str, Any]:
    """``ways`` is "a.next>b b.no_answer>c": port of node to node."""
    connections = []
    for way in ways.split():
        source, target = way.split(">")
        from_node, _, port = source.partition(".")
        connections.append({"from": from_node, "port": port, "to": target})
    first = entry if entry is not None else (nodes[0]["id"] if nodes else None)
    return {"schema": 1, "entry": first, "nodes": list(nodes), "connections": connections}


def missed_call() -> dict[str, Any]:
    """The design's own example: greeting, connect, and a message when nobody answers."""
    return graph(
        greeting("n1", "Welcome to Acme."),
        connect("n2", "Sales"),
        sms("n3"),
        hangup("n4"),
        ways="n1.next>n2 n2.answered>n4 n2.no_answer>n3 n2.busy>n3 n2.failed>n3 n3.next>n4",
    )
