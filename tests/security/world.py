"""One account with one object of every kind, and how each object is addressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.caller import Caller
from accounts.keys import create_key
from accounts.models import Account, ApiKey, Membership, Role, User
from accounts.notices import News, notify
from calls.models import Call, PhoneNumber
from calls.services import start_simulation
from dlt.chain_hash import chain_hash
from dlt.imports.jobs_kept import written_name
from dlt.models import (
    Chain,
    ChainLink,
    Consent,
    ConsentTemplate,
    ContentTemplate,
    Cta,
    Header,
    ImportJob,
    PrincipalEntity,
    Proposal,
    Record,
    Telemarketer,
)
from flows.archive import archive_flow
from flows.audio.library import upload_audio
from flows.audio.work import convert_next
from flows.models import Audio, Flow, FlowTest
from flows.services import create_flow, publish_flow
from flows.tests.services import create_test
from flows.versions import duplicate_flow
from sms.callbacks import gateway_token
from sms.models import Message
from sms.services import Draft, Source, accept_message
from tests.builders import (
    build_entity,
    build_header,
    build_member,
    build_template,
)
from tests.flows.drawing import connect, graph, greeting, hangup, sms
from tests.flows.sounds import a_wav
from webhooks.models import Delivery, Endpoint

CALLER = "+919876543210"
PE_ID = "1101999988887777666"
NUMBER = "+912246185020"
BODY = "We missed your call to Acme. We will call you back soon. Ref AB12 - ACMECO"
# What changes without anybody deciding anything: sessions, counters of wrong passwords, time stamps.
NOT_COMPARED = {"sessions", "axes", "contenttypes", "auth"}
NOT_COMPARED_MODELS = {"accounts.auditevent"}
NOT_COMPARED_FIELDS = {"last_used", "last_login"}


@dataclass(frozen=True, slots=True)
class World:
    """Everything of one account."""

    account: Account
    admin: User
    editor: User
    viewer: User
    flow: Flow
    number: PhoneNumber
    call: Call
    message: Message
    entity: PrincipalEntity
    header: Header
    template: ContentTemplate
    telemarketer: Telemarketer
    chain: Chain
    cta: Cta
    consent: ConsentTemplate
    key: ApiKey
    webhook: Endpoint
    delivery: Delivery
    audio: Audio

    def examples(self) -> dict[str, list[str]]:
        """Return the starts of routes with the addresses they take to this account's objects."""
        pk = self.template.pk
        return {
            "flows/<str:sid>": [f"flows/{self.flow.sid}"],
            "flows/<str:sid>/tests/<str:test>": [f"flows/{self.flow.sid}/tests/{self.test.sid}"],
            "flows/<str:sid>/versions/<int:number>": [f"flows/{self.flow.sid}/versions/1"],
            "flows/<str:sid>/bring-back": [f"flows/{self.archived}/bring-back"],
            "api/v1/flows/<str:sid>/tests/<str:test>": [
                f"api/v1/flows/{self.flow.sid}/tests/{self.test.sid}"
            ],
            "calls/<str:sid>": [f"calls/{self.call.sid}"],
            "reports/sms/<str:sid>": [f"reports/sms/{self.message.sid}"],
            "dlt/templates/<int:pk>": [f"dlt/templates/{pk}"],
            "dlt/typed/<int:pk>": [f"dlt/typed/{pk}"],
            "api/v1/dlt/typed-tags/<str:key>": [f"api/v1/dlt/typed-tags/{pk}"],
            "approvals/<record_kind:kind>/<int:pk>": [
                f"approvals/template/{pk}",
                f"approvals/header/{self.header.pk}",
                f"approvals/entity/{self.entity.pk}",
            ],
            "approvals/proposals/<int:pk>": [f"approvals/proposals/{self.proposal}"],
            "api/v1/dlt/proposals/<int:pk>": [f"api/v1/dlt/proposals/{self.proposal}"],
            "settings/members/<int:pk>": [
                f"settings/members/{Membership.objects.get(user=self.viewer).pk}"
            ],
            "settings/keys/<int:pk>": [f"settings/keys/{self.key.pk}"],
            "gateways/<slug:gateway>/<str:token>": [
                f"gateways/simulator/{gateway_token('simulator')}"
            ],
            "api/v1/flows/<str:sid>": [f"api/v1/flows/{self.flow.sid}"],
            "settings/recordings/<str:sid>": [f"settings/recordings/{self.audio.sid}"],
            "audio/<str:token>": [f"audio/{self.audio.token}"],
            "api/v1/audio/<str:sid>": [f"api/v1/audio/{self.audio.sid}"],
            "api/v1/flows/<str:sid>/connections/calls": [
                f"api/v1/flows/{self.flow.sid}/connections/calls?node=n1&port=next"
            ],
            "api/v1/flows/<str:sid>/versions/<int:number>": [
                f"api/v1/flows/{self.flow.sid}/versions/1"
            ],
            "api/v1/flows/<str:sid>/bring-back": [f"api/v1/flows/{self.archived}/bring-back"],
            "api/v1/calls/<str:sid>": [f"api/v1/calls/{self.call.sid}"],
            "api/v1/simulations/<str:sid>": [f"api/v1/simulations/{self.call.sid}"],
            "api/v1/numbers/<str:e164>": [f"api/v1/numbers/{self.number.e164}"],
            "api/v1/sms/<str:sid>": [f"api/v1/sms/{self.message.sid}"],
            "v2.0/sms/<str:sid>": [f"v2.0/sms/{self.message.sid}"],
            "api/v2.0/sms/<str:sid>": [f"api/v2.0/sms/{self.message.sid}"],
            "api/v1/webhooks/<str:sid>": [f"api/v1/webhooks/{self.webhook.sid}"],
            **self._registries(),
        }

    def _registries(self) -> dict[str, list[str]]:
        """Return the addresses of one record of each registry, by our id and by the registry's."""
        records: dict[str, tuple[Record, str]] = {
            "templates": (self.template, self.template.template_id),
            "entities": (self.entity, self.entity.pe_id),
            "headers": (self.header, self.header.header_id),
            "telemarketers": (self.telemarketer, self.telemarketer.tm_id),
            "chains": (self.chain, self.chain.hash),
            "ctas": (self.cta, str(self.cta.pk)),
            "consents": (self.consent, self.consent.consent_id),
        }
        found = {}
        for plural, (row, own) in records.items():
            start = f"api/v1/dlt/{plural}/<str:key>"
            keys = [f"api/v1/dlt/{plural}/{key}" for key in dict.fromkeys((str(row.pk), own))]
            found[start] = keys
            found[f"{start}/<slug:verb>"] = [
                f"{keys[0]}/{verb}" for verb in ("approve", "submit", "suspend", "funny")
            ]
            page = f"dlt/{plural}/<int:pk>"
            found[page] = [f"dlt/{plural}/{row.pk}"]
            found[f"{page}/<slug:verb>"] = [f"dlt/{plural}/{row.pk}/suspend"]
        template = f"api/v1/dlt/templates/{self.template.pk}"
        start = "api/v1/dlt/templates/<str:key>/operators/<slug:operator>"
        found[start] = [f"{template}/operators/vi"]
        for start in ("dlt/export/", "api/v1/dlt/exports/"):
            found[f"{start}<slug:slug>.<slug:form>"] = [f"{start}templates.csv"]
        job = ImportJob.objects.get(account=self.account)
        consent = Consent.objects.get(account=self.account)
        found["dlt/import/<slug:sid>"] = [f"dlt/import/{job.sid}"]
        found["api/v1/dlt/imports/<str:sid>"] = [f"api/v1/dlt/imports/{job.sid}"]
        found["dlt/receivers/consents/<int:pk>"] = [f"dlt/receivers/consents/{consent.pk}"]
        found["api/v1/dlt/receiver-consents/<int:pk>"] = [
            f"api/v1/dlt/receiver-consents/{consent.pk}"
        ]
        return found

    @property
    def test(self) -> FlowTest:
        return FlowTest.objects.get(flow=self.flow)

    @property
    def proposal(self) -> int:
        return Proposal.objects.get(account=self.account).pk

    @property
    def archived(self) -> str:
        return Flow.objects.for_account(self.account).archived().get().sid

    def traces(self) -> list[str]:
        """Return texts that only this account may ever read."""
        return [
            self.account.name,
            self.admin.email,
            self.flow.sid,
            self.flow.name,
            self.number.e164,
            self.call.sid,
            self.test.sid,
            self.message.sid,
            self.entity.pe_id,
            self.template.template_id,
            self.telemarketer.tm_id,
            self.chain.hash,
            self.cta.value,
            self.consent.consent_id,
            self.key.lookup,
            self.webhook.sid,
            self.delivery.sid,
            self.audio.sid,
        ]


def drawn(name: str = "Support line") -> dict[str, Any]:
    """Return a flow that may be published, with ``name`` wherever a text is free."""
    return graph(
        greeting("n1", name),
        connect("n2", name[:60]),
        {**sms("n3", dlt_entity_id=PE_ID), "name": name[:60]},
        hangup("n4"),
        ways="n1.next>n2 n2.answered>n4 n2.no_answer>n3 n2.busy>n3 n2.failed>n3 n3.next>n4",
    )


def build_world(account: Account, name: str = "Support line") -> World:
    """Build one object of every kind, all of them called ``name``."""
    people = {
        role: build_member(account, role, f"{role.value}@{account.slug}.example") for role in Role
    }
    caller = Caller(account, Role.EDITOR, people[Role.EDITOR].email, people[Role.EDITOR])
    approved = build_template(build_header(build_entity(account, PE_ID)), name=name)
    waiting = build_template(
        build_header(approved.entity, "ACMETW", state="pending"),
        name=name,
        template_id="1107161234567890999",
        state="pending",
    )
    calls = _flow_number_and_call(caller, name)
    message = _message(approved, calls["flow"], calls["call"])
    key, _ = create_key(account=account, name=name, role=Role.EDITOR)
    _what_became_of_records(approved, caller, name)
    return World(
        account=account,
        admin=people[Role.ADMIN],
        editor=people[Role.EDITOR],
        viewer=people[Role.VIEWER],
        message=message,
        entity=approved.entity,
        template=waiting,
        key=key,
        audio=_audio(caller, name),
        **calls,
        **_rest_of_registries(approved, name),
        **_webhook(message, name),
    )


def _flow_number_and_call(caller: Caller, name: str) -> dict[str, Any]:
    """Publish a flow, give it a number and let a simulated call come in."""
    now = timezone.now()
    flow = create_flow(caller=caller, name=name, graph=drawn(name), now=now)
    publish_flow(caller=caller, flow=flow, now=now)
    create_test(caller, flow, {"name": name[:100], "at": "2026-11-25T11:00:00"}, now)
    archive_flow(caller=caller, flow=duplicate_flow(caller=caller, flow=flow, now=now), now=now)
    number = PhoneNumber.objects.create(
        account=caller.account, e164=NUMBER, label=name[:60], flow=flow
    )
    turn = start_simulation(
        flow=flow, use="draft", from_number=CALLER, to_number="", account=caller.account
    )
    return {"flow": flow, "number": number, "call": Call.objects.get(sid=turn["sid"])}


def _audio(caller: Caller, name: str) -> Audio:
    """Upload a recording and let the worker convert it."""
    audio = upload_audio(caller=caller, upload=a_wav(), name=name[:60], now=timezone.now())
    convert_next(timezone.now)
    audio.refresh_from_db()
    return audio


def _message(template: ContentTemplate, flow: Flow, call: Call) -> Message:
    """Send a message by the template from the call's flow."""
    draft = Draft(
        to=CALLER,
        body=BODY,
        sender="ACMECO",
        dlt_template_id=template.template_id,
        dlt_entity_id=PE_ID,
    )
    source = Source(call_sid=call.sid, flow_sid=flow.sid, flow_name=flow.name, node="n3")
    return accept_message(account=template.account, draft=draft, source=source, now=timezone.now())


def _webhook(message: Message, name: str) -> dict[str, Any]:
    """Build an endpoint and a delivery to it that failed."""
    webhook = Endpoint.objects.create(
        account=message.account,
        url="https://customer.example/hook",
        event="v2.sms.outbound.updated",
        secret="whsec_x",
    )
    delivery = Delivery.objects.create(
        account=message.account,
        endpoint=webhook,
        event=webhook.event,
        payload={"sid": message.sid},
        created=message.created,
        due=message.created,
        last_error=f"500 {name}",
    )
    return {"webhook": webhook, "delivery": delivery}


def _what_became_of_records(template: ContentTemplate, caller: Caller, name: str) -> None:
    """Leave what hangs on records: a proposal, a refused import, a consent and a notice."""
    account, now = template.account, timezone.now()
    Proposal.objects.create(
        account=account,
        record_kind="template",
        record_id=template.pk,
        target=template.target,
        verb="deactivate",
        code="631",
        first=now,
        last=now,
    )
    job = ImportJob.objects.create(
        account=account,
        registry="header",
        filename=f"{name}.csv"[:200],
        actor=caller.actor,
        created=now,
        state=ImportJob.State.FAILED,
        finished=now,
    )
    report = "\ufeffrow,outcome\n1,refused\n".encode()
    job.report.name = job.file.storage.save(written_name(job), ContentFile(report))
    job.save(update_fields=["report"])
    Consent.objects.create(
        account=account, entity=template.entity, number=CALLER, given=now, expires=now
    )
    notify(account, News("dlt.stopped", "example", f"{name} stopped {template.template_id}"), now)


def _rest_of_registries(template: ContentTemplate, name: str) -> dict[str, Any]:
    """Build a telemarketer, a chain, a link and a consent template of the template's entity."""
    account, entity = template.account, template.entity
    header = template.headers.get()
    Header.objects.filter(pk=header.pk).update(header_id="1105999988887777666")
    telemarketer = Telemarketer.objects.create(
        account=account, tm_id="1102999988887777666", name=name
    )
    chain = Chain.objects.create(
        account=account, entity=entity, hash=chain_hash(entity.pe_id, [telemarketer.tm_id])
    )
    ChainLink.objects.create(chain=chain, telemarketer=telemarketer, position=1)
    link = "https://only-acme.example/pay"
    cta = Cta.objects.create(
        account=account, entity=entity, kind="url_static", value=link, compared=link[8:]
    )
    consent = ConsentTemplate.objects.create(
        account=account,
        entity=entity,
        consent_id="1107999988887777111",
        name=name,
        brand=name[:60],
        text=f"I agree that {name} sends me offers.",
    )
    header.refresh_from_db()
    return {
        "header": header,
        "telemarketer": telemarketer,
        "chain": chain,
        "cta": cta,
        "consent": consent,
    }


def everything_stored() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table that somebody's decision fills."""
    found: dict[str, list[Any]] = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.app_label in NOT_COMPARED or label in NOT_COMPARED_MODELS:
            continue
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if field.name not in NOT_COMPARED_FIELDS
        ]
        found[label] = list(model._default_manager.order_by("pk").values(*columns))
    through = ContentTemplate.headers.through
    found["template headers"] = list(through._default_manager.order_by("pk").values())
    return found


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the tables that differ."""
    return [label for label in before if before[label] != after[label]]
