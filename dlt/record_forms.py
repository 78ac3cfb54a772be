"""What people fill in to submit or edit a record of each registry but templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms

from accounts.caller import Caller
from accounts.models import Account
from dlt import services
from dlt.forms import EntityForm, choice_field, entity_choices
from dlt.models import Cta, Header, Record, RecordState, Telemarketer

CHAIN_PLACES: Final = 4
_Given = dict[str, Any]


class HeaderForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")
    value = forms.CharField(
        max_length=20,
        label="Header",
        help_text="The Sender ID as registered, capitals included. Most have 6 letters.",
    )
    kind = forms.ChoiceField(choices=Header.Kind.choices, label="Kind")
    header_id = forms.CharField(
        max_length=40,
        required=False,
        label="Header ID",
        help_text="The portal's own ID of the header. Few providers ask for it.",
    )
    valid_until = forms.DateField(
        required=False,
        label="Valid until",
        help_text="Temporary headers only; leave it empty for a permanent one.",
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "pe_id").choices = entity_choices(account)


class TelemarketerForm(forms.Form):
    name = forms.CharField(max_length=120, label="Name", help_text="As registered on the portal.")
    tm_id = forms.CharField(
        max_length=40,
        label="Telemarketer ID",
        help_text="Of the portal, such as 1102172974420830004; some have only 12 digits.",
    )
    role = forms.ChoiceField(
        choices=Telemarketer.Role.choices,
        initial=Telemarketer.Role.DELIVERY,
        label="Role",
        help_text="TM-DF submits to the operators, TM-AF hands on to another telemarketer.",
    )


class ChainForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "pe_id").choices = entity_choices(account)
        rows = Telemarketer.objects.for_account(account).order_by("name", "pk")
        known = [(row.tm_id, f"{row.name} ({row.tm_id}, TM-{row.role})") for row in rows]
        for place in range(1, CHAIN_PLACES + 1):
            self.fields[f"tm_{place}"] = forms.ChoiceField(
                choices=[("", "–"), *known],
                required=False,
                label=f"{_ORDINALS[place - 1]} telemarketer",
            )
        self.fields["tm_1"].help_text = "Messages pass them in this order; the last one submits."

    def tm_ids(self) -> list[str]:
        places = range(1, CHAIN_PLACES + 1)
        return [tm for place in places if (tm := self.data.get(f"tm_{place}", ""))]


_ORDINALS: Final = ("First", "Second", "Third", "Fourth")


class CtaForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")
    value = forms.CharField(
        max_length=250,
        label="Link, number or address",
        help_text="A link such as https://acme.example/pay, one that varies with a “?” at its end, or a"
        " number.",
    )
    kind = forms.ChoiceField(
        choices=[("", "What it looks like"), *Cta.Kind.choices], required=False, label="Kind"
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "pe_id").choices = entity_choices(account)


class ConsentForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")
    consent_id = forms.CharField(
        max_length=40, label="Consent template ID", help_text="The ID the portal gave it."
    )
    name = forms.CharField(max_length=100, label="Name", help_text="What you call it.")
    brand = forms.CharField(max_length=60, label="Brand", help_text="As it stands in the text.")
    text = forms.CharField(
        max_length=700,
        strip=False,
        widget=forms.Textarea,
        label="Text",
        help_text="It names the brand and what customers agree to, and has no variables.",
    )
    headers = forms.MultipleChoiceField(label="Headers it covers", required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "pe_id").choices = entity_choices(account)
        rows = Header.objects.for_account(account).select_related("entity")
        usable = rows.filter(state__in=[RecordState.APPROVED, RecordState.PENDING])
        self.header_rows = list(usable.order_by("value", "pk"))
        choice_field(self, "headers").choices = [(row.value, row.value) for row in self.header_rows]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A kind's form, what it makes, and what of a record it may edit."""

    make_form: Callable[..., forms.Form]
    make: Callable[[Caller, forms.Form, datetime], Record]
    edit: Callable[..., Record] | None = None
    editable: tuple[str, ...] = ()
    # Fields that hold an id, with the word ``dlt.identifiers`` has for its kind.
    ids: tuple[tuple[str, str], ...] = ()


def _entity_form(*args: Any, account: Account, **kwargs: Any) -> forms.Form:
    del account  # an entity depends on nothing
    return EntityForm(*args, **kwargs)


def _telemarketer_form(*args: Any, account: Account, **kwargs: Any) -> forms.Form:
    del account  # nor does a telemarketer
    return TelemarketerForm(*args, **kwargs)


def _make_entity(caller: Caller, form: forms.Form, now: datetime) -> Record:
    return services.register_entity(caller=caller, now=now, **form.cleaned_data)


def _make_header(caller: Caller, form: forms.Form, now: datetime) -> Record:
    return services.submit_header(caller=caller, now=now, **form.cleaned_data)


def _make_telemarketer(caller: Caller, form: forms.Form, now: datetime) -> Record:
    draft = services.TelemarketerDraft(**form.cleaned_data)
    return services.register_telemarketer(caller=caller, draft=draft, now=now)


def _make_chain(caller: Caller, form: forms.Form, now: datetime) -> Record:
    assert isinstance(form, ChainForm)  # noqa: S101 -- for the type checker
    draft = services.ChainDraft(form.cleaned_data["pe_id"], form.tm_ids())
    return services.submit_chain(caller=caller, draft=draft, now=now)


def _make_cta(caller: Caller, form: forms.Form, now: datetime) -> Record:
    draft = services.CtaDraft(**form.cleaned_data)
    return services.submit_cta(caller=caller, draft=draft, now=now)


def _make_consent(caller: Caller, form: forms.Form, now: datetime) -> Record:
    draft = services.ConsentDraft(**form.cleaned_data)
    return services.submit_consent(caller=caller, draft=draft, now=now)


FORMS: Final[dict[str, RecordForm]] = {
    "entity": RecordForm(
        _entity_form, _make_entity, services.edit_entity, ("name",), (("pe_id", "entity"),)
    ),
    "header": RecordForm(
        HeaderForm,
        _make_header,
        services.edit_header,
        ("kind", "header_id", "valid_until"),
        (("header_id", "header"),),
    ),
    "telemarketer": RecordForm(
        _telemarketer_form,
        _make_telemarketer,
        services.edit_telemarketer,
        ("name", "role"),
        (("tm_id", "telemarketer"),),
    ),
    "chain": RecordForm(ChainForm, _make_chain),
    "cta": RecordForm(CtaForm, _make_cta, services.edit_cta, ("value", "kind")),
    "consent": RecordForm(
        ConsentForm,
        _make_consent,
        services.edit_consent,
        ("name", "brand", "text", "headers"),
        (("consent_id", "consent"),),
    ),
}


def keep_only(form: forms.Form, names: Iterable[str]) -> None:
    """Leave a form only those fields."""
    for name in set(form.fields) - set(names):
        del form.fields[name]
