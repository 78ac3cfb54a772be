"""What people fill in to submit a record, and what they narrow a list by."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Account
from core.errors import DomainError
from dlt.lists import consents_of
from dlt.models import (
    Category,
    ContentTemplate,
    EntityState,
    Header,
    PrincipalEntity,
    RecordState,
)

NOT_SENDABLE = (EntityState.SUSPENDED, EntityState.BLACKLISTED, EntityState.INACTIVE)


def attach(form: forms.Form, error: DomainError) -> None:
    """Show a refusal beside the field it is about."""
    field = str(error.context.get("field", ""))
    form.add_error(field if field in form.fields else None, str(error))


def entity_choices(account: Account) -> list[tuple[str, str]]:
    """Return the entities a record may belong to; the first, which a form starts with, is in use."""
    rows = PrincipalEntity.objects.for_account(account).exclude(state__in=NOT_SENDABLE)
    in_use_first = rows.order_by("state", "name", "pk")  # "active" before "pending"
    return [(row.pe_id, f"{row.name} ({row.pe_id})") for row in in_use_first]


def choice_field(form: forms.Form, name: str) -> forms.ChoiceField:
    """Return a form's field as the type checker has to see it."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker
    return field


class EntityForm(forms.Form):
    name = forms.CharField(
        max_length=120, label="Name", help_text="As registered on the DLT portal."
    )
    pe_id = forms.CharField(
        max_length=40,
        label="Entity ID",
        help_text="The PE ID of the portal: 19 digits such as 1101234567890123456.",
    )


class TemplateForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")
    headers = forms.MultipleChoiceField(label="Headers", required=False)
    template_id = forms.CharField(
        max_length=40,
        required=False,
        label="Template ID",
        help_text="The portal's: 19 digits such as 1107161234567890123. A draft may do without.",
    )
    name = forms.CharField(
        max_length=100, label="Name", help_text="What you call it, such as “Missed call alert”."
    )
    category = forms.ChoiceField(
        choices=Category.choices, initial=Category.SERVICE_IMPLICIT, label="Category"
    )
    content_type = forms.ChoiceField(
        choices=ContentTemplate.ContentType.choices, label="Content type"
    )
    limit = forms.IntegerField(
        min_value=1,
        max_value=2000,
        required=False,
        label="Limit per variable",
        help_text="Characters a variable of this template may have. Empty: as in the settings.",
    )
    consent = forms.ChoiceField(
        required=False,
        label="Consent template",
        help_text="Promotional and service explicit messages rest on one.",
    )
    supersedes = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    as_registered = forms.BooleanField(required=False, label="The portal shows it exactly so")
    text = forms.CharField(
        required=False,
        label="Text", strip=False, widget=forms.Textarea,
        help_text="Exactly as registered, with every space and full stop. Variables: {#var#}.",
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "pe_id").choices = entity_choices(account)
        rows = Header.objects.for_account(account).select_related("entity")
        usable = rows.filter(state__in=[RecordState.APPROVED, RecordState.PENDING])
        self.header_rows = list(usable.order_by("value", "pk"))
        choice_field(self, "headers").choices = [(row.value, row.value) for row in self.header_rows]
        consents = [(row.consent_id, f"{row.name} ({row.brand})") for row in consents_of(account)]
        choice_field(self, "consent").choices = [("", "None"), *consents]

    def clean_text(self) -> str:
        # Browsers send line breaks as CRLF whatever was typed; portals show no difference.
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class RejectForm(forms.Form):
    reason = forms.CharField(max_length=150, required=False)
    more = forms.CharField(max_length=140, required=False)

    def text(self) -> str:
        """Return the chosen reason and the free text as one."""
        parts = (self.cleaned_data["reason"], self.cleaned_data["more"])
        return " ".join(part for part in parts if part)
