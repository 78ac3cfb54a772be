"""What callers of the registries' API send. They check the form; services check the meaning."""

from __future__ import annotations

from typing import Any, Final

from rest_framework import serializers

from dlt.lint import MAX_LENGTH
from dlt.lists import FILTERS, SORTS
from dlt.models import (
    Category,
    ContentTemplate,
    Cta,
    DltSettings,
    EntityState,
    Header,
    RecordState,
    Telemarketer,
)
from dlt.operators import OPERATORS
from dlt.services.template_edits import OPERATOR_STATES
from dlt.transitions import ALL_VERBS

Input = serializers.Serializer[Any]
_ID: Final = 40
_SIGNS: Final = 20
MOST_AT_ONCE: Final = 500


class EntityInput(Input):
    pe_id = serializers.CharField(max_length=_ID)
    name = serializers.CharField(max_length=120)


class EntityEdit(Input):
    name = serializers.CharField(max_length=120)


class TelemarketerInput(Input):
    tm_id = serializers.CharField(max_length=_ID)
    name = serializers.CharField(max_length=120)
    role = serializers.ChoiceField(Telemarketer.Role.choices, default=Telemarketer.Role.DELIVERY)


class TelemarketerEdit(Input):
    name = serializers.CharField(max_length=120, required=False)
    role = serializers.ChoiceField(Telemarketer.Role.choices, required=False)


class ChainInput(Input):
    entity = serializers.CharField(max_length=_ID, help_text="The entity's pe_id.")
    telemarketers = serializers.ListField(
        child=serializers.CharField(max_length=_ID),
        max_length=20,
        help_text="The telemarketers' tm_ids, the one that submits to the operator last.",
    )


class HeaderInput(Input):
    entity = serializers.CharField(max_length=_ID, help_text="The entity's pe_id.")
    value = serializers.CharField(max_length=_SIGNS)
    kind = serializers.ChoiceField(Header.Kind.choices, default=Header.Kind.OTHER)
    header_id = serializers.CharField(max_length=_ID, default="", allow_blank=True)
    valid_until = serializers.DateField(default=None, allow_null=True)


class HeaderEdit(Input):
    kind = serializers.ChoiceField(Header.Kind.choices, required=False)
    header_id = serializers.CharField(max_length=_ID, required=False, allow_blank=True)
    valid_until = serializers.DateField(required=False, allow_null=True)


class CtaInput(Input):
    entity = serializers.CharField(max_length=_ID, help_text="The entity's pe_id.")
    value = serializers.CharField(max_length=250)
    kind = serializers.ChoiceField(
        Cta.Kind.choices,
        default="",
        allow_blank=True,
        help_text="Left out: what the value looks like.",
    )


class CtaEdit(Input):
    value = serializers.CharField(max_length=250, required=False)
    kind = serializers.ChoiceField(Cta.Kind.choices, required=False)


class ConsentInput(Input):
    entity = serializers.CharField(max_length=_ID, help_text="The entity's pe_id.")
    consent_id = serializers.CharField(max_length=_ID)
    name = serializers.CharField(max_length=100)
    brand = serializers.CharField(max_length=60)
    text = serializers.CharField(max_length=700, trim_whitespace=False)
    headers = serializers.ListField(
        child=serializers.CharField(max_length=_SIGNS), max_length=50, default=list
    )


class ConsentEdit(Input):
    name = serializers.CharField(max_length=100, required=False)
    brand = serializers.CharField(max_length=60, required=False)
    text = serializers.CharField(max_length=700, trim_whitespace=False, required=False)
    headers = serializers.ListField(
        child=serializers.CharField(max_length=_SIGNS), max_length=50, required=False
    )


class VariableInput(Input):
    tag = serializers.CharField(max_length=20, required=False, allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=2000, required=False, allow_null=True)
    sample = serializers.CharField(
        max_length=500, required=False, allow_blank=True, trim_whitespace=False
    )
    name = serializers.CharField(max_length=60, required=False, allow_blank=True)


class TemplateEdit(Input):
    """What of a template may change; most of it only before its approval."""

    template_id = serializers.CharField(max_length=_ID, required=False)
    headers = serializers.ListField(
        child=serializers.CharField(max_length=_SIGNS), max_length=50, required=False
    )
    name = serializers.CharField(max_length=100, required=False)
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False, required=False)
    category = serializers.ChoiceField(Category.choices, required=False)
    content_type = serializers.ChoiceField(ContentTemplate.ContentType.choices, required=False)
    variables = VariableInput(many=True, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=2000, required=False, allow_null=True)
    consent = serializers.CharField(max_length=_ID, required=False, allow_blank=True)
    supersedes = serializers.CharField(max_length=_ID, required=False, allow_blank=True)
    as_registered = serializers.BooleanField(default=False)


class TemplateInput(Input):
    template_id = serializers.CharField(
        max_length=_ID, default="", allow_blank=True, help_text="A draft may do without."
    )
    entity = serializers.CharField(max_length=_ID, help_text="The entity's pe_id.")
    headers = serializers.ListField(child=serializers.CharField(max_length=_SIGNS), max_length=50)
    name = serializers.CharField(max_length=100)
    text = serializers.CharField(max_length=MAX_LENGTH, trim_whitespace=False)
    category = serializers.ChoiceField(Category.choices, default=Category.SERVICE_IMPLICIT)
    content_type = serializers.ChoiceField(
        ContentTemplate.ContentType.choices, default=ContentTemplate.ContentType.TEXT
    )
    variables = VariableInput(many=True, default=list)
    limit = serializers.IntegerField(min_value=1, max_value=2000, default=None, allow_null=True)
    consent = serializers.CharField(
        max_length=_ID, default="", allow_blank=True, help_text="A consent template's consent_id."
    )
    supersedes = serializers.CharField(
        max_length=_ID, default="", allow_blank=True, help_text="The version before: a template_id."
    )
    as_registered = serializers.BooleanField(
        default=False, help_text="The portal shows it so, whatever it usually refuses."
    )
    draft = serializers.BooleanField(default=False, help_text="Keep it, do not submit it yet.")


class VerbInput(Input):
    reason = serializers.CharField(max_length=300, default="", allow_blank=True)


class ReasonInput(Input):
    reason = serializers.CharField(max_length=300)


class BulkInput(Input):
    ids = serializers.ListField(
        child=serializers.CharField(max_length=64), min_length=1, max_length=MOST_AT_ONCE
    )
    verb = serializers.ChoiceField(ALL_VERBS)
    reason = serializers.CharField(max_length=300, default="", allow_blank=True)


class OperatorInput(Input):
    state = serializers.ChoiceField(OPERATOR_STATES)
    since = serializers.DateField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=300, default="", allow_blank=True)


class SettingsInput(Input):
    limits = serializers.DictField(required=False)
    profiles = serializers.DictField(required=False)
    chain_check = serializers.ChoiceField(DltSettings.Check.choices, required=False)
    cta_check = serializers.ChoiceField(DltSettings.Check.choices, required=False)
    dnd_check = serializers.ChoiceField(DltSettings.Check.choices, required=False)
    consent_check = serializers.ChoiceField(DltSettings.Check.choices, required=False)
    promo_from = serializers.TimeField(required=False)
    promo_to = serializers.TimeField(required=False)
    promo_zone = serializers.CharField(max_length=40, required=False)
    explicit_in_window = serializers.BooleanField(required=False)
    government_in_window = serializers.BooleanField(required=False)
    sla_hours = serializers.IntegerField(required=False)
    idle_days = serializers.IntegerField(required=False)


class ListInput(Input):
    q = serializers.CharField(max_length=100, default="", allow_blank=True)
    cursor = serializers.IntegerField(min_value=1, max_value=2**62, required=False)


_CHOICES: Final[dict[tuple[str, str], Any]] = {
    ("header", "kind"): Header.Kind.choices,
    ("cta", "kind"): Cta.Kind.choices,
    ("template", "category"): Category.choices,
    ("template", "content_type"): ContentTemplate.ContentType.choices,
    ("telemarketer", "role"): Telemarketer.Role.choices,
}
_WITH_ENTITY_STATE: Final = frozenset({"entity", "telemarketer", "chain"})


def _filter(kind: str, name: str) -> Any:
    choices = _CHOICES.get((kind, name))
    if name == "state":
        choices = EntityState.choices if kind in _WITH_ENTITY_STATE else RecordState.choices
    elif name == "operator":
        choices = [(operator.slug, operator.name) for operator in OPERATORS.values()]
    if choices is None:
        return serializers.CharField(max_length=_SIGNS, default="", allow_blank=True)
    return serializers.ChoiceField(choices, default="", allow_blank=True)


def _list_input(kind: str) -> type[Input]:
    fields = {name: _filter(kind, name) for name in FILTERS[kind]}
    return type(f"{kind.title()}ListInput", (ListInput,), fields)


LIST_INPUTS: Final[dict[str, type[Input]]] = {kind: _list_input(kind) for kind in SORTS}
