"""What an operator's portal asks for, ready to be copied: the text in its way of writing variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dlt.matcher import placeholders
from dlt.matcher.limits import known_tag
from dlt.models import Category, ContentTemplate
from dlt.operators import OPERATORS, Operator, operator_of

_NO_CONSENT: Final = {Category.TRANSACTIONAL, Category.SERVICE_IMPLICIT}


@dataclass(frozen=True, slots=True)
class PortalForm:
    """What to paste into the portals of these operators; ``tags`` are listed beside the text there."""

    operators: tuple[Operator, ...]
    text: str
    tags: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    chosen: bool

    @property
    def names(self) -> str:
        return ", ".join(operator.name for operator in self.operators)

    @property
    def tag_list(self) -> str:
        return ", ".join(self.tags)


def portal_forms(row: ContentTemplate) -> list[PortalForm]:
    """Return one form for each way in which portals hold variables."""
    operator = operator_of(row.template_id)
    forms = []
    for outside in (False, True):
        operators = tuple(one for one in OPERATORS.values() if one.tags_outside is outside)
        tags = tags_of(row)
        forms.append(
            PortalForm(
                operators=operators,
                text=written(row.text, ["var"] * len(tags) if outside else tags),
                tags=tuple(tags) if outside else (),
                fields=tuple(_fields(row)),
                chosen=operator in operators if operator else not outside,
            )
        )
    return forms


def tags_of(row: ContentTemplate) -> list[str]:
    """Return the long name of each variable's tag, held in the text or beside it."""
    variables: list[dict[str, Any]] = row.variables
    given = [str(variable.get("tag") or "") for variable in variables]
    return [str(known_tag(hole.name) or hole.name) for hole in placeholders(row.text, given)]


def written(text: str, tags: list[str]) -> str:
    """Return a text with other names in its variables."""
    pieces, at = [], 0
    for hole, tag in zip(placeholders(text), tags, strict=True):
        pieces += [text[at : hole.start], f"{{#{tag}#}}"]
        at = hole.end
    return "".join([*pieces, text[at:]])


def _fields(row: ContentTemplate) -> list[tuple[str, str]]:
    fields = [
        ("Template name", row.name),
        ("Content type", row.get_category_display()),
        ("Template type", row.get_content_type_display()),
        ("Headers", ", ".join(header.value for header in row.headers.all())),
    ]
    if row.category not in _NO_CONSENT:
        linked = row.consent_template
        fields.append(("Consent template ID", linked.consent_id if linked else ""))
    samples = [str(variable.get("sample") or "") for variable in row.variables]
    if any(samples):
        fields.append(("Sample values", ", ".join(samples)))
    return fields
