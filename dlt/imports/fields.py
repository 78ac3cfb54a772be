"""What a record is made of, and under which names portals and providers write it.

No source prints an operator's real header row, so columns are found by name and by what stands in
them, never by position. Names: forms of the portals, the BSNL API, importers of providers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dlt.imports import spelling
from dlt.registry import PLURALS


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a record. ``synonyms``: best first; ``label`` is the name in our exports."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    hint: str = ""


_PE: Final = Field(
    "entity",
    "Entity ID",
    ("pe id", "principal entity id", "peid", "entity", "pe", "dlt entity id", "principal entity"),
    hint="Whose record it is. Without such a column, the entity chosen for the file.",
)
_STATUS: Final = Field(
    "status",
    "Status",
    (
        "approval status", "template status", "state", "registration status", "header status",
        "current status", "consent status", "operator status",
    ),
    hint="What the portal says: inactive, suspended and blacklisted records come in as such.",
)  # fmt: skip
_HEADERS: Final = Field(
    "headers",
    "Header",
    ("headers", "header name", "header names", "sender id", "sender ids", "cli", "senderid",
     "sender", "headers linked", "linked headers", "mapped headers", "header id name"),
    required=True,
    hint="One or several, separated by comma, semicolon or |.",
)  # fmt: skip

FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "template": (
        Field(
            "template_id",
            "Template ID",
            ("content template id", "dlt template id", "ct id", "ctid", "dlt te id", "te id",
             "dlt content id", "content id", "templateid"),
            required=True,
        ),
        Field("name", "Template Name", ("name", "template title", "title")),
        Field(
            "text",
            "Template Content",
            ("template message dlt", "template message", "message", "content", "text", "body",
             "template text", "template body", "content template", "template", "sms content",
             "message content", "template content text"),
            required=True,
        ),
        _HEADERS,
        _PE,
        Field("category", "Category", hint="Transactional, service implicit or explicit, promotional."),
        Field("content_type", "Content Type", hint="Text or Unicode."),
        _STATUS,
        Field("consent_template", "Consent Template ID", ("consent id", "consent template")),
        Field(
            "variable_tags",
            "Variable Tags",
            ("variable tag", "tags", "variable types", "variable type", "var tags", "tag list",
             "tagging", "variables tag", "template keys types"),
            hint="For portals that keep {#var#} in the text: numeric, url, … in order.",
        ),
        Field("variables", "Variables", ("variable details",), hint="From our own exports."),
        Field("limit", "Variable Limit", hint="From our own exports."),
    ),
    "header": (
        Field(
            "value",
            "Header",
            ("header name", "sender id", "cli", "senderid", "sender", "header value", "headers"),
            required=True,
            hint="Case-sensitive, as at the operators.",
        ),
        _PE,
        Field("kind", "Kind", ("header type", "type", "sender type", "header kind")),
        Field("category_digit", "Category Digit", ("preference category", "category", "header category")),
        Field("header_id", "Header ID", ("dlt header id", "header registration id")),
        _STATUS,
        Field("valid_until", "Valid Until", ("expiry", "expiry date", "valid till", "validity")),
    ),
    "entity": (
        Field("pe_id", "Entity ID", _PE.synonyms, required=True),
        Field(
            "name",
            "Entity Name",
            ("name", "principal entity name", "pe name", "company name", "organisation", "organization"),
            required=True,
        ),
        _STATUS,
    ),
    "telemarketer": (
        Field(
            "tm_id",
            "Telemarketer ID",
            ("tm id", "tmid", "telemarketer", "dlt tm id"),
            required=True,
        ),
        Field("name", "Telemarketer Name", ("name", "tm name", "company name"), required=True),
        Field("role", "Role", ("function", "tm type", "type", "tm function")),
        _STATUS,
    ),
    "cta": (
        Field(
            "value",
            "CTA",
            ("url", "link", "cta value", "number", "call back number", "callback number", "value",
             "cta url", "whitelisted url", "url number", "cbn"),
            required=True,
        ),
        Field("kind", "CTA Type", ("kind", "type", "sub type", "cta sub type", "url type", "subtype")),
        _PE,
        _STATUS,
    ),
    "consent": (
        Field(
            "consent_id",
            "Consent Template ID",
            ("consent id", "template id", "consenttemplateid", "dlt consent id"),
            required=True,
        ),
        Field("name", "Consent Template Name", ("name", "template name")),
        Field("brand", "Brand", ("brand name", "brand names"), required=True),
        Field(
            "text",
            "Consent Text",
            ("consent message", "scope", "scope of consent", "content", "text", "template content",
             "consent template content", "consent template text", "message"),
            required=True,
        ),
        Field(_HEADERS.name, _HEADERS.label, _HEADERS.synonyms, hint=_HEADERS.hint),
        _PE,
        _STATUS,
    ),
    "dnd": (
        Field(
            "number",
            "Number",
            ("phone", "mobile", "msisdn", "mobile number", "phone number", "mobile no", "telephone",
             "subscriber", "customer number", "contact"),
            required=True,
        ),
        Field(
            "categories",
            "Categories",
            ("preference", "preferences", "blocked categories", "category", "dnd categories"),
            hint="The blocked digits 1 to 8; empty or 0 is everything.",
        ),
    ),
    "consents": (
        Field(
            "number",
            "Number",
            ("phone", "mobile", "msisdn", "mobile number", "phone number", "mobile no", "telephone",
             "subscriber", "customer number", "contact"),
            required=True,
        ),
        _PE,
        Field("consent_template", "Consent Template ID", ("consent id", "consent template", "template id")),
        Field(
            "given",
            "Given",
            ("date", "consent date", "given on", "opt in", "opt in date", "timestamp",
             "consented on", "created"),
        ),
        Field(
            "expires",
            "Expires",
            ("expiry", "valid until", "valid till", "expiry date", "expires on"),
        ),
        Field(
            "revoked",
            "Revoked",
            ("revoked on", "opt out", "opt out date", "withdrawn", "revocation date"),
        ),
    ),
}  # fmt: skip
LABELS: Final = {
    "template": "Templates",
    "header": "Headers",
    "entity": "Entities",
    "telemarketer": "Telemarketers",
    "cta": "Links and numbers",
    "consent": "Consent templates",
    "dnd": "Do-not-disturb numbers",
    "consents": "Consents of receivers",
}
REGISTRIES: Final = tuple(FIELDS)
# The registries' names in addresses and in the API.
SLUGS: Final = {
    **{PLURALS[kind]: kind for kind in FIELDS if kind in PLURALS},
    "dnd": "dnd",
    "receiver-consents": "consents",
}
SLUG_OF: Final = {registry: slug for slug, registry in SLUGS.items()}
# Portals use these names for three different things; what stands in the column decides.
DOUBTFUL: Final = frozenset(
    {
        "category", "contenttype", "templatetype", "communicationtype", "messagetype", "type",
        "isunicode", "typeofmessage", "contenttemplatetype", "templatecategory", "typeofcontent",
        "smstype", "dlttemplatecategory", "unicode", "typeofcommunication", "language", "encoding",
    }
)  # fmt: skip


def squeeze(name: str) -> str:
    """Return a column's name as it is compared: no case, no blanks, no punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold())


@dataclass(frozen=True, slots=True)
class Guess:
    """Which column holds which field. ``doubts``: why a person should look; empty when certain."""

    mapping: dict[str, int]
    doubts: tuple[str, ...] = ()


def guess(registry: str, columns: Sequence[tuple[int, str, Sequence[str]]]) -> Guess:
    """Guess from names and samples, given as (index, name, samples)."""
    by_name = {squeeze(name): index for index, name, _ in columns}
    mapping: dict[str, int] = {}
    for field in FIELDS[registry]:
        for name in (field.label, *field.synonyms, field.name):
            index = by_name.get(squeeze(name))
            doubtful = registry == "template" and squeeze(name) in DOUBTFUL
            if index is not None and index not in mapping.values() and not doubtful:
                mapping[field.name] = index
                break
    doubts = list(_kinds(columns, mapping)) if registry == "template" else []
    fields = {field.name: field for field in FIELDS[registry]}
    missing = [
        fields[name].label for name in fields if fields[name].required and name not in mapping
    ]
    doubts += [f"No column is called {name}, or like it." for name in missing]
    return Guess(mapping, tuple(doubts))


def _kinds(columns: Sequence[tuple[int, str, Sequence[str]]], mapping: dict[str, int]) -> list[str]:
    """Tell category and content type apart by their values; return doubts."""
    doubts = []
    for index, name, samples in columns:
        if squeeze(name) not in DOUBTFUL or index in mapping.values():
            continue
        wanted = _kind_of(squeeze(name), samples)
        if wanted == "ignored":
            continue
        if not wanted or wanted in mapping:
            doubts.append(f"“{name}” may be the category or the content type, or neither.")
        else:
            mapping[wanted] = index
    if "category" not in mapping:
        doubts.append("No column says what category a template has.")
    return doubts


def _kind_of(name: str, samples: Sequence[str]) -> str:
    values = [sample.strip() for sample in samples if sample.strip()]
    if name == "isunicode":
        return "content_type"
    if not values or all(value.casefold() in ("sms", "voice", "english") for value in values):
        return "ignored"
    if all(spelling.category(value) for value in values):
        return "category"
    if all(spelling.content_type(value) for value in values):
        return "content_type"
    return ""


def header_row(registry: str, head: Sequence[tuple[int, list[str]]]) -> int:
    """Return the row that names the columns; 0 when the file has none.

    Some exports begin with a title and a date, and lists of numbers are often nothing but numbers.
    """
    known = {
        squeeze(name)
        for field in FIELDS[registry]
        for name in (field.label, field.name, *field.synonyms)
    } | DOUBTFUL
    best, most = 0, 0
    for number, cells in head[:10]:
        hits = len({squeeze(cell) for cell in cells} & known)
        if hits > most:
            best, most = number, hits
    if best:
        return best
    first_number, first = head[0]
    bare = any(re.fullmatch(r"[+\d][\d\s().-]{7,}", cell.strip()) for cell in first)
    return 0 if bare else first_number
