"""What people fill in to submit a record, and what they narrow a list by."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Account
from core.errors import DomainError
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


def _entities(account: Account) -> list[tuple[str, str]]:
    rows = PrincipalEntity.objects.for_account(account).exclude(state__in=NOT_SENDABLE)
    return [(row.pe_id, f"{row.name} ({row.pe_id})") for row in rows.order_by("name", "pk")]


class EntityForm(forms.Form):
    name = forms.CharField(
        max_length=120, label="Name", help_text="As registered on the DLT portal."
    )
    pe_id = forms.CharField(
        max_length=40,
        label="Entity ID",
        help_text="The PE ID of the portal: 19 digits such as 1101234567890123456.",
    )


class HeaderForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")
    value = forms.CharField(
        max_length=20,
        label="Header",
        help_text="The Sender ID as registered, capitals included. Most have 6 letters.",
    )
    kind = forms.ChoiceField(choices=Header.Kind.choices, label="Kind")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "pe_id").choices = _entities(account)


class TemplateForm(forms.Form):
    pe_id = forms.ChoiceField(label="Entity")
    headers = forms.MultipleChoiceField(label="Headers", required=False)
    template_id = forms.CharField(
        max_length=40,
        label="Template ID",
        help_text="The ID the portal gave it: 19 digits such as 1107161234567890123.",
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
    text = forms.CharField(
        label="Text", strip=False, widget=forms.Textarea,
        help_text="Exactly as registered, with every space and full stop. Variables: {#var#}.",
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "pe_id").choices = _entities(account)
        rows = Header.objects.for_account(account).select_related("entity")
        usable = rows.filter(state__in=[RecordState.APPROVED, RecordState.PENDING])
        self.header_rows = list(usable.order_by("value", "pk"))
        _field(self, "headers").choices = [(row.value, row.value) for row in self.header_rows]

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


def _field(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for the type checker
    return field
