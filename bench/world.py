"""What the benchmarks run on: an account, its DLT records, two flows that differ by one SMS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from accounts.caller import Caller
from accounts.models import Account, Role
from bench.processes import Broker
from billing.models import Balance, Price
from calls.adapters.simulator import PHONE
from calls.driver import Incoming, start_call
from calls.models import Call
from dlt.models import Category, ContentTemplate, EntityState, Header, PrincipalEntity, RecordState
from flows.models import Flow, FlowRun
from flows.services import create_flow, publish_flow
from sms.models import Message
from sms.services import Draft, Source, accept_message
from sms.states import Status

PE_ID: Final = "1101234567890123456"
TEMPLATE_ID: Final = "1107161234567890123"
TEXT: Final = "We missed your call to {#var#}. We will call you back soon. Ref {#var#} - ACMECO"
BODY: Final = (
    "We missed your call to Acme Retail. We will call you back soon. Ref {CallRef} - ACMECO"
)
INCOMING: Final = Incoming(from_number="+919812345678", to_number="+918047123300")

Node = tuple[str, str, dict[str, Any]]

WELCOME: Final[list[Node]] = [
    ("welcome", "greeting", {"say": "Welcome to Acme. Call {CallRef}."}),
    ("menu", "ivr", {"prompt": "Press 1 for sales.", "choices": [{"digit": "1", "label": "Sales"}]}),
    ("thanks", "greeting", {"say": "Thank you."}),
]  # fmt: skip
SMS: Final[Node] = (
    "note", "sms",
    {"to": "caller", "sender_id": "ACMECO", "body": BODY, "dlt_template_id": TEMPLATE_ID,
     "dlt_entity_id": PE_ID},
)  # fmt: skip
SALES: Final[list[Node]] = [
    ("hold", "greeting", {"say": "We are connecting you to sales."}),
    ("sales", "connect", {"to": ["+919812345680"], "ring_seconds": 20}),
]


@dataclass(frozen=True, slots=True)
class World:
    """Everything a benchmark is given."""

    store: str
    data: Path
    broker: Broker
    account: Account
    plain: Flow
    with_sms: Flow

    @property
    def worker_log(self) -> Path:
        return self.data / "worker.log"

    def waiting_call(self, flow: Flow) -> Call:
        """Return a call that waits at the menu, read as a callback reads it."""
        call, _ = start_call(flow=flow, adapter=PHONE, incoming=INCOMING)
        return Call.objects.with_flow().select_related("account").get(pk=call.pk)

    def bare_call(self, now: datetime) -> Call:
        """Write the rows of a call that begins, and nothing else."""
        flow = self.plain
        run = FlowRun.objects.create(flow=flow, version=flow.live, state={}, started=now)
        return Call.objects.create(
            account=flow.account, run=run, adapter="bench", started=now,
            from_number=INCOMING.from_number, to_number=INCOMING.to_number,
        )  # fmt: skip

    def accept(self) -> Message:
        """Give one message to the pipeline."""
        draft = Draft(
            to="+919812345678",
            body=BODY.replace("{CallRef}", "7KQ2M9XW4D"),
            sender="ACMECO",
            dlt_template_id=TEMPLATE_ID,
            dlt_entity_id=PE_ID,
        )
        return accept_message(
            account=self.account, draft=draft, source=Source(), now=timezone.now()
        )

    def forget_messages(self) -> None:
        """Take away what waits, so that one benchmark does not work for another."""
        Message.objects.unfinished().update(status=Status.ERROR)
        self.broker.client.flushdb()


def build(store: str, data: Path, broker: Broker) -> World:
    """Fill an empty database."""
    account = Account.objects.create(slug="bench", name="Bench")
    Balance.objects.create(account=account, available_paise=10**12)
    Price.objects.create(account=account, prefix="+91", paise_per_segment=16)
    _register(account)
    return World(
        store=store,
        data=data,
        broker=broker,
        account=account,
        plain=publish(account, "Plain", graph_of([*WELCOME, *SALES])),
        with_sms=publish(account, "With an SMS", graph_of([*WELCOME, SMS, *SALES])),
    )


def _register(account: Account) -> None:
    entity = PrincipalEntity.objects.create(
        account=account, pe_id=PE_ID, name="Bench Pvt Ltd", state=EntityState.ACTIVE
    )
    header = Header.objects.create(
        account=account, entity=entity, value="ACMECO", state=RecordState.APPROVED
    )
    template = ContentTemplate.objects.create(
        account=account,
        entity=entity,
        template_id=TEMPLATE_ID,
        name="Missed call alert",
        text=TEXT,
        state=RecordState.APPROVED,
        category=Category.SERVICE_IMPLICIT,
        submitted=timezone.now(),
    )
    template.headers.add(header)


def publish(account: Account, name: str, graph: dict[str, Any]) -> Flow:
    """Make a flow that calls can run."""
    caller, now = Caller(account, Role.EDITOR, "bench"), timezone.now()
    flow = create_flow(caller=caller, name=name, graph=graph, now=now)
    publish_flow(caller=caller, flow=flow, now=now)
    return Flow.objects.select_related("account", "live").get(pk=flow.pk)


def graph_of(nodes: Iterable[Node]) -> dict[str, Any]:
    """Return a graph that walks the nodes one after the other; a menu is left by key 1."""
    drawn = list(nodes)
    return draw(
        drawn,
        [
            (name, "1" if kind == "ivr" else "next", following[0])
            for (name, kind, _), following in pairwise(drawn)
        ],
    )


def draw(nodes: list[Node], ways: list[tuple[str, str, str]]) -> dict[str, Any]:
    """Return a graph; each way is a node, a port and where it leads."""
    return {
        "schema": 1,
        "entry": nodes[0][0],
        "nodes": [
            {"id": name, "type": kind, "version": 1, "name": name.title(), "settings": settings}
            for name, kind, settings in nodes
        ],
        "connections": [{"from": name, "port": port, "to": to} for name, port, to in ways],
    }
