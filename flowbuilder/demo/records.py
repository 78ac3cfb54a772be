"""The demo account's DLT records: submitted by the business user, decided by the admin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from accounts.caller import Caller
from dlt.models import (
    Consent,
    ContentTemplate,
    DndNumber,
    Header,
    PrincipalEntity,
    Record,
    Telemarketer,
)
from dlt.services.chains import ChainDraft, submit_chain
from dlt.services.consents import ConsentDraft, submit_consent
from dlt.services.ctas import CtaDraft, submit_cta
from dlt.services.decisions import change
from dlt.services.entities import register_entity
from dlt.services.headers import submit_header
from dlt.services.telemarketers import TelemarketerDraft, register_telemarketer
from dlt.services.templates import TemplateDraft, submit_template
from flowbuilder.demo.templates import (
    APPROVED,
    IDLE,
    NEXT_VERSION,
    NEXT_VERSION_OF,
    PE_ID,
    PENDING,
    PROMOTIONAL,
    REASON,
    REJECTED,
    SERVICE,
    SUPERSEDED,
    SUPERSEDING,
    Row,
)

SECOND_PE_ID: Final = "1201172890000067890"
TEMPORARY, WAITING = "ACMTMP", "ACMEFD"
AGGREGATOR, DELIVERER = "1202160000000011223", "1202160000000044556"
LINKS: Final = (
    "https://acme.example/orders",
    "https://acme.example/offer",
    "https://acme.example/track?",
    "18001234567",
)
LINK_WAITING: Final = "https://acme.example/diwali?"
CONSENT_ID: Final = "1209171200000078901"
CONSENT_TEXT: Final = (
    "I agree that Acme Retail sends me offers and news by SMS. I can stop them at any time on 1909."
)
# Callers of the story whose preference is on the uploaded list: all, and those of consumer goods (5).
DND: Final = {"+919812340001": "", "+919812340002": "15"}
CONSENTING: Final = "+919812340001"


class Story:
    """Who does what to the records, and when."""

    def __init__(self, editor: Caller, admin: Caller, now: datetime) -> None:
        self.editor, self.admin, self.now = editor, admin, now
        self.began = now - timedelta(days=40)

    def approve(self, row: Record, at: datetime) -> None:
        change(caller=self.admin, kind=row.record_kind, pk=row.pk, verb="approve", now=at)

    def submit(self, row: Row, at: datetime, supersedes: str = "") -> ContentTemplate:
        template_id, name, text, category, header = row
        kinds = ContentTemplate.ContentType
        draft = TemplateDraft(
            pe_id=PE_ID,
            template_id=template_id,
            name=name,
            text=text,
            headers=[header],
            category=category,
            content_type=kinds.TEXT if text.isascii() else kinds.UNICODE,
            supersedes=supersedes,
        )
        return submit_template(caller=self.editor, draft=draft, now=at)

    def register(self, row: Row, at: datetime, supersedes: str = "") -> ContentTemplate:
        """Submit a template and have it approved a day later."""
        template = self.submit(row, at, supersedes)
        self.approve(template, at + timedelta(hours=26))
        return template


def create_records(editor: Caller, admin: Caller, now: datetime) -> None:
    """Fill every registry: approved, waiting, rejected, superseded, suspended and soon over."""
    story = Story(editor, admin, now)
    entity = _entities(story)
    _headers(story)
    _chain(story)
    _whitelist(story)
    _templates(story)
    _receivers(story, entity)


def _entities(story: Story) -> PrincipalEntity:
    began, editor = story.began, story.editor
    name = "Acme Retail Pvt Ltd"
    entity = register_entity(caller=editor, pe_id=PE_ID, name=name, now=began)
    story.approve(entity, began + timedelta(hours=30))
    waits = story.now - timedelta(hours=80)
    register_entity(caller=editor, pe_id=SECOND_PE_ID, name="Acme Foods LLP", now=waits)
    return entity


def _headers(story: Story) -> None:
    at = story.began + timedelta(days=2)
    ends = (story.now + timedelta(days=12)).date()
    kinds = Header.Kind
    for value, kind, until in (
        (SERVICE, kinds.OTHER, None),
        (PROMOTIONAL, kinds.PROMOTIONAL, None),
        (TEMPORARY, kinds.OTHER, ends),
    ):
        header = submit_header(
            caller=story.editor, pe_id=PE_ID, value=value, kind=kind, now=at, valid_until=until
        )
        story.approve(header, at + timedelta(hours=20))
    waits = story.now - timedelta(hours=20)
    submit_header(caller=story.editor, pe_id=PE_ID, value=WAITING, kind=kinds.OTHER, now=waits)


def _chain(story: Story) -> None:
    at, roles = story.began + timedelta(days=3), Telemarketer.Role
    for tm_id, name, role in (
        (AGGREGATOR, "Demo Messaging Pvt Ltd", roles.AGGREGATION),
        (DELIVERER, "Simulated Carrier", roles.DELIVERY),
    ):
        draft = TelemarketerDraft(tm_id=tm_id, name=name, role=role)
        row = register_telemarketer(caller=story.editor, draft=draft, now=at)
        story.approve(row, at + timedelta(hours=5))
    draft_chain = ChainDraft(pe_id=PE_ID, tm_ids=[AGGREGATOR, DELIVERER])
    chain = submit_chain(caller=story.editor, draft=draft_chain, now=at + timedelta(hours=6))
    story.approve(chain, at + timedelta(hours=22))


def _whitelist(story: Story) -> None:
    at = story.began + timedelta(days=3, hours=2)
    for value in LINKS:
        row = submit_cta(caller=story.editor, draft=CtaDraft(PE_ID, value), now=at)
        story.approve(row, at + timedelta(hours=20))
    waits = story.now - timedelta(hours=6)
    submit_cta(caller=story.editor, draft=CtaDraft(PE_ID, LINK_WAITING), now=waits)
    consent = ConsentDraft(
        pe_id=PE_ID,
        consent_id=CONSENT_ID,
        name="Offers and news",
        brand="Acme Retail",
        text=CONSENT_TEXT,
        headers=[PROMOTIONAL],
    )
    story.approve(
        submit_consent(caller=story.editor, draft=consent, now=at), at + timedelta(days=1)
    )


def _templates(story: Story) -> None:
    at, now = story.began + timedelta(days=4), story.now
    for number, row in enumerate(APPROVED):
        story.register(row, at + timedelta(hours=number))
    old = story.register(SUPERSEDED, at + timedelta(hours=9))
    story.register(SUPERSEDING, now - timedelta(days=9), supersedes=old.template_id)
    idle = story.register(IDLE, at + timedelta(hours=10))
    change(
        caller=story.admin, kind="template", pk=idle.pk, verb="suspend_usage",
        reason="VILPOWER: not used for 30 days.", now=now - timedelta(days=4),
    )  # fmt: skip
    rejected = story.submit(REJECTED, now - timedelta(days=3))
    change(
        caller=story.admin, kind="template", pk=rejected.pk, verb="reject", reason=REASON,
        now=now - timedelta(days=2, hours=5),
    )  # fmt: skip
    for row, hours in zip(PENDING, (50, 3, 30), strict=True):
        story.submit(row, now - timedelta(hours=hours))
    story.submit(NEXT_VERSION, now - timedelta(hours=8), supersedes=NEXT_VERSION_OF)


def _receivers(story: Story, entity: PrincipalEntity) -> None:
    """What an uploaded list brought in."""
    account, at = story.editor.account, story.began + timedelta(days=5)
    for number, categories in DND.items():
        DndNumber.objects.create(account=account, number=number, categories=categories, updated=at)
    Consent.objects.create(
        account=account,
        entity=entity,
        number=CONSENTING,
        given=at,
        expires=at + timedelta(days=365),
    )
