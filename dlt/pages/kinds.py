"""The registries as their pages show them: words, columns and what a list may be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from accounts.models import Account
from dlt.lists import FILTERS, entities_of
from dlt.models import Category, Cta, EntityState, Header, RecordState, Telemarketer
from dlt.operators import OPERATORS
from dlt.registry import LABELS, PLURALS
from dlt.services.headers import CATEGORIES

WITH_ENTITY_STATE: Final = frozenset({"entity", "telemarketer", "chain"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a registry's pages say. ``teach``: what such a record is, for somebody who has none yet."""

    title: str
    add: str
    hint: str
    icon: str
    nothing: str
    teach: str


WORDS: Final[dict[str, Words]] = {
    "template": Words(
        "Templates",
        "Submit template",
        "Name, ID, header or text",
        "book-check",
        "Start with what the operators approved",
        "Indian operators deliver an SMS only if its sender and its text are registered with them. Put the"
        " same records here and every message is compared with them before it leaves.",
    ),
    "header": Words(
        "Headers",
        "Submit header",
        "Header or entity",
        "send",
        "No headers yet",
        "A header is what receivers see as the sender, such as ACMECO: a name your entity registered with"
        " the operators.",
    ),
    "entity": Words(
        "Entities",
        "Register entity",
        "Name or entity ID",
        "building-2",
        "No entity yet",
        "A principal entity is your business as the DLT portals know it. Its ID has 19 digits and is on the"
        " first page of the portal.",
    ),
    "telemarketer": Words(
        "Telemarketers",
        "Register telemarketer",
        "Name or telemarketer ID",
        "users",
        "No telemarketers yet",
        "A telemarketer is a company between your business and the operators: your SMS provider is one. Ask"
        " it for its telemarketer ID, and whether it hands on (TM-AF) or submits to the operators (TM-DF).",
    ),
    "chain": Words(
        "Chains",
        "Submit chain",
        "Hash, entity or telemarketer",
        "link-2",
        "No chains yet",
        "Since December 2024 operators want to know which way a message takes: from your entity over its"
        " telemarketers to the one that submits. Enter the chain as the portal shows it; its hash is worked"
        " out.",
    ),
    "cta": Words(
        "Links and numbers",
        "Add link or number",
        "Link, number or entity",
        "external-link",
        "No links or numbers yet",
        "Operators block messages with links that are not on their whitelist. Put the links, apps and call-"
        "back numbers here that you registered with them.",
    ),
    "consent": Words(
        "Consent templates",
        "Submit consent template",
        "Name, ID, brand or text",
        "file-text",
        "No consent templates yet",
        "A consent template is what customers agree to before promotional messages may come: it names your"
        " brand and the purpose, and has no variables.",
    ),
}
_ALL: Final = {
    "state": "All states",
    "kind": "All kinds",
    "category": "All categories",
    "content_type": "Text and Unicode",
    "role": "AF and DF",
    "operator": "All operators",
    "entity": "All entities",
}
_CHOICES: Final[dict[tuple[str, str], list[tuple[str, str]]]] = {
    ("header", "kind"): [(str(value), str(label)) for value, label in Header.Kind.choices],
    ("cta", "kind"): [(str(value), str(label)) for value, label in Cta.Kind.choices],
    ("template", "category"): [(str(value), str(label)) for value, label in Category.choices],
    ("telemarketer", "role"): [
        (str(value), str(label)) for value, label in Telemarketer.Role.choices
    ],
    ("header", "category"): [(digit, f"{digit}: {words}") for digit, words in CATEGORIES.items()],
}
# A select for these would be of little use on a page; the API has them.
_NOT_ON_PAGES: Final = frozenset({"header", "content_type"})
_MOST_ENTITIES: Final = 200


def filters_of(account: Account, kind: str, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Return the selects above a list."""
    found = []
    for name in FILTERS[kind]:
        choices = [] if name in _NOT_ON_PAGES else _choices(account, kind, name)
        if len(choices) > 1:
            found.append(
                {
                    "name": name,
                    "all": _ALL[name],
                    "choices": choices,
                    "selected": chosen.get(name, ""),
                }
            )
    return found


def _choices(account: Account, kind: str, name: str) -> list[tuple[str, str]]:
    if name == "state":
        states = EntityState if kind in WITH_ENTITY_STATE else RecordState
        return [(state.value, str(state.label)) for state in states]
    if name == "operator":
        return [(operator.slug, operator.name) for operator in OPERATORS.values()]
    if name == "entity":
        return [(row.pe_id, row.name) for row in entities_of(account)[:_MOST_ENTITIES]]
    return _CHOICES.get((kind, name), [])


def names_of(kind: str) -> dict[str, Any]:
    """Return how a registry is called, for any of its pages."""
    plural = PLURALS[kind]
    return {
        "kind": kind,
        "plural": plural,
        "tab": plural,
        "label": LABELS[kind],
        "words": WORDS[kind],
        "list_url": f"dlt-{plural}",
        "new_url": f"dlt-{kind}-new",
        "detail_url": f"dlt-{kind}",
    }
