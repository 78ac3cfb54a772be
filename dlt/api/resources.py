"""The registries as resources of the API: what is sent to make and to edit a record of each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rest_framework import serializers

from accounts.caller import Caller
from dlt import services
from dlt.api import inputs
from dlt.models import Record, Source
from dlt.registry import PLURALS

Given = dict[str, Any]
Make = Callable[[Caller, Given, datetime], Record]
Edit = Callable[..., Record]


@dataclass(frozen=True, slots=True)
class Resource:
    """One registry. ``edit`` is None where nothing of a record ever changes."""

    kind: str
    create_input: type[serializers.Serializer[Any]]
    make: Make
    edit_input: type[serializers.Serializer[Any]] | None = None
    edit: Edit | None = None

    @property
    def plural(self) -> str:
        return PLURALS[self.kind]


def _entity(caller: Caller, given: Given, now: datetime) -> Record:
    return services.register_entity(caller=caller, now=now, source=Source.API, **given)


def _header(caller: Caller, given: Given, now: datetime) -> Record:
    pe_id = given.pop("entity")
    return services.submit_header(caller=caller, pe_id=pe_id, now=now, source=Source.API, **given)


def _telemarketer(caller: Caller, given: Given, now: datetime) -> Record:
    draft = services.TelemarketerDraft(**given)
    return services.register_telemarketer(caller=caller, draft=draft, now=now, source=Source.API)


def _chain(caller: Caller, given: Given, now: datetime) -> Record:
    draft = services.ChainDraft(given["entity"], given["telemarketers"])
    return services.submit_chain(caller=caller, draft=draft, now=now, source=Source.API)


def _cta(caller: Caller, given: Given, now: datetime) -> Record:
    draft = services.CtaDraft(given["entity"], given["value"], given["kind"])
    return services.submit_cta(caller=caller, draft=draft, now=now, source=Source.API)


def _consent(caller: Caller, given: Given, now: datetime) -> Record:
    draft = services.ConsentDraft(pe_id=given.pop("entity"), **given)
    return services.submit_consent(caller=caller, draft=draft, now=now, source=Source.API)


def _template(caller: Caller, given: Given, now: datetime) -> Record:
    put_in = services.save_draft if given.pop("draft") else services.submit_template
    draft = services.TemplateDraft(pe_id=given.pop("entity"), **given)
    return put_in(caller=caller, draft=draft, now=now, source=Source.API)


RESOURCES: Final[dict[str, Resource]] = {
    resource.kind: resource
    for resource in (
        Resource("entity", inputs.EntityInput, _entity, inputs.EntityEdit, services.edit_entity),
        Resource("header", inputs.HeaderInput, _header, inputs.HeaderEdit, services.edit_header),
        Resource(
            "template", inputs.TemplateInput, _template, inputs.TemplateEdit, services.edit_template
        ),
        Resource(
            "telemarketer",
            inputs.TelemarketerInput,
            _telemarketer,
            inputs.TelemarketerEdit,
            services.edit_telemarketer,
        ),
        Resource("chain", inputs.ChainInput, _chain),
        Resource("cta", inputs.CtaInput, _cta, inputs.CtaEdit, services.edit_cta),
        Resource(
            "consent", inputs.ConsentInput, _consent, inputs.ConsentEdit, services.edit_consent
        ),
    )
}
