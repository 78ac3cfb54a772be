"""Every registry as rows of text, in columns that an import reads back without asking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from accounts.models import Account
from dlt.identifiers import provisional_id
from dlt.imports.fields import FIELDS
from dlt.imports.kinds.templates import as_json
from dlt.lists import find
from dlt.models import (
    Category,
    Consent,
    ConsentTemplate,
    ContentTemplate,
    DndNumber,
    PrincipalEntity,
    RecordState,
)

Cells = tuple[str, ...]
ROWS_AT_ONCE: Final = 1000


def headings(registry: str) -> list[str]:
    return [field.label for field in FIELDS[registry]]


class Labels:
    """The words for choices, and ids by primary key: looked up once instead of for each row."""

    def __init__(self, account: Account) -> None:
        entities = PrincipalEntity.objects.for_account(account)
        self.entity = dict(entities.values_list("pk", "pe_id"))
        consents = ConsentTemplate.objects.for_account(account)
        self.consent: dict[int | None, str] = dict(consents.values_list("pk", "consent_id"))
        self.category = dict(Category.choices)
        self.content_type = dict(ContentTemplate.ContentType.choices)
        self.state = dict(RecordState.choices)


def rows(registry: str, account: Account, chosen: Mapping[str, str]) -> Iterator[Cells]:
    """Yield the account's records, narrowed as the list is, whatever their number."""
    cells, labels = _CELLS[registry], Labels(account)
    found = _found(registry, account, chosen)
    for row in found.iterator(chunk_size=ROWS_AT_ONCE):
        yield cells(row, labels)


def _found(registry: str, account: Account, chosen: Mapping[str, str]) -> QuerySet[Any]:
    if registry == "dnd":
        return DndNumber.objects.for_account(account).order_by("pk")
    if registry == "consents":
        return Consent.objects.for_account(account).order_by("pk")
    found = find(
        account, registry, q=chosen.get("q", ""), sort=chosen.get("sort", ""), chosen=chosen
    ).select_related(None)
    if registry != "template":
        return found
    # Drafts without an id of the portal stand in no registry but this one.
    return found.exclude(template_id__startswith=provisional_id(""))


def _template(row: ContentTemplate, labels: Labels) -> Cells:
    tags = [str(variable.get("tag") or "var") for variable in row.variables]
    return (
        row.template_id,
        row.name,
        row.text,
        _headers(row),
        labels.entity[row.entity_id],
        labels.category[row.category],
        labels.content_type[row.content_type],
        labels.state[row.state],
        labels.consent.get(row.consent_template_id, ""),
        ", ".join(tags) if any(variable.get("tag") for variable in row.variables) else "",
        as_json(row.variables) if row.variables else "",
        str(row.limit or ""),
    )


def _headers(row: Any) -> str:
    return ", ".join(sorted(header.value for header in row.headers.all()))


def _header(row: Any, labels: Labels) -> Cells:
    until = row.valid_until.isoformat() if row.valid_until else ""
    kind = row.get_kind_display()
    ids = (row.value, labels.entity[row.entity_id])
    return (*ids, kind, row.category_digit, row.header_id, row.state_label, until)


def _entity(row: Any, labels: Labels) -> Cells:
    return row.pe_id, row.name, row.state_label


def _telemarketer(row: Any, labels: Labels) -> Cells:
    return row.tm_id, row.name, row.get_role_display(), row.state_label


def _cta(row: Any, labels: Labels) -> Cells:
    return row.value, row.get_kind_display(), labels.entity[row.entity_id], row.state_label


def _consent_template(row: Any, labels: Labels) -> Cells:
    said = (row.consent_id, row.name, row.brand, row.text)
    return (*said, _headers(row), labels.entity[row.entity_id], row.state_label)


def _dnd(row: DndNumber, labels: Labels) -> Cells:
    return row.number, row.categories


def _consent(row: Consent, labels: Labels) -> Cells:
    template = labels.consent.get(row.consent_template_id, "")
    times = (row.given, row.expires, row.revoked)
    return (row.number, labels.entity[row.entity_id], template, *(_moment(at) for at in times))


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


_CELLS: Final[dict[str, Callable[[Any, Labels], Cells]]] = {
    "template": _template,
    "header": _header,
    "entity": _entity,
    "telemarketer": _telemarketer,
    "cta": _cta,
    "consent": _consent_template,
    "dnd": _dnd,
    "consents": _consent,
}
