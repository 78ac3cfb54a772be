"""Compare the last messages with the registries once more: as they are now, or under other rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from accounts.models import Account
from dlt.matcher import Limits, Mismatch, Template, check
from dlt.models import SENDABLE, ContentTemplate, Header
from dlt.rules import Rules, compile_row, rules_of
from reports.dlt_health.sent import Sent, last_messages

CASES_SHOWN: Final = 50
# What an account may ask for besides its own rules.
OTHER_RULES: Final[dict[str, Mapping[str, object]]] = {
    "": {},
    "limit40": {"var": 40, "numeric": 40},
    "limit20": {"var": 20, "numeric": 20},
    "strict_alphanumeric": {"alphanumeric_punctuation": " "},
}


@dataclass(frozen=True, slots=True)
class Case:
    """One message whose verdict would be another one today."""

    sid: str
    at: datetime
    template_id: str
    template_name: str
    body: str
    why: str


@dataclass(slots=True)
class Recheck:
    """What became of the messages; only the first cases of each kind are kept, all are counted."""

    checked: int = 0
    still_pass: int = 0
    still_fail: int = 0
    now_fail: int = 0
    now_pass: int = 0
    fails: list[Case] = field(default_factory=list)
    passes: list[Case] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        return {
            "checked": self.checked,
            "still_pass": self.still_pass,
            "still_fail": self.still_fail,
            "now_fail": self.now_fail,
            "now_pass": self.now_pass,
        }


@dataclass(frozen=True, slots=True)
class _Registry:
    """The records that the messages name, read once."""

    templates: Mapping[str, ContentTemplate]
    compiled: Mapping[str, Template]
    headers: Mapping[tuple[int, str], Header]
    linked: Mapping[str, frozenset[str]]


def recheck(
    account: Account, count: int, *, template_id: str = "", rules: str = "", text: str = ""
) -> Recheck:
    """Judge the last ``count`` messages again.

    ``rules`` is a key of OTHER_RULES; ``text`` stands for the template's own text (a typed version that is
    not registered yet) and needs ``template_id``.
    """
    messages = list(last_messages(account, count, template_id))
    registry = _read(account, messages, _with(rules_of(account), OTHER_RULES[rules]), text)
    found = Recheck()
    for message in messages:
        _note(found, message, _refusal(registry, message), registry)
    return found


def _with(rules: Rules, changes: Mapping[str, object]) -> Rules:
    def changed(limits: Limits) -> Limits:
        return limits.with_(changes)

    profiles = {operator: changed(limits) for operator, limits in rules.profiles.items()}
    return replace(rules, account=changed(rules.account), profiles=profiles)


def _read(account: Account, messages: Iterable[Sent], rules: Rules, text: str) -> _Registry:
    ids = {message.template_id for message in messages if message.template_id}
    rows = ContentTemplate.objects.for_account(account).filter(template_id__in=ids)
    templates = {row.template_id: row for row in rows.select_related("entity")}
    if text:
        for row in templates.values():
            row.text = text
    links = ContentTemplate.headers.through.objects.filter(
        contenttemplate__account=account, contenttemplate__template_id__in=ids
    ).values_list("contenttemplate__template_id", "header__value")
    linked: dict[str, set[str]] = {}
    for key, value in links:
        linked.setdefault(key, set()).add(value)
    headers = Header.objects.for_account(account)
    return _Registry(
        templates=templates,
        compiled={key: compile_row(row, rules) for key, row in templates.items()},
        headers={(row.entity_id, row.value): row for row in headers},
        linked={key: frozenset(values) for key, values in linked.items()},
    )


def _refusal(registry: _Registry, message: Sent) -> str:
    """Return why the registries would refuse a message today, or nothing."""
    row = registry.templates.get(message.template_id)
    if row is None:
        return (
            "Its template is not in the registry."
            if message.template_id
            else "It names no template."
        )
    if row.state not in SENDABLE:
        return f"Template “{row.name}” is {row.state_label.lower()}."
    if row.entity.state not in SENDABLE:
        return f"Entity {row.entity.name} is {row.entity.state_label.lower()}."
    return _header_refusal(registry, message, row) or _text_refusal(registry, message, row)


def _header_refusal(registry: _Registry, message: Sent, row: ContentTemplate) -> str:
    header = registry.headers.get((row.entity_id, message.header))
    if header is None or header.state not in SENDABLE:
        state = header.state_label.lower() if header else "not in the registry"
        return f"Header {message.header or 'of no name'} is {state}."
    if message.header not in registry.linked.get(row.template_id, frozenset()):
        return f"Header {message.header} is not linked to template “{row.name}”."
    return ""


def _text_refusal(registry: _Registry, message: Sent, row: ContentTemplate) -> str:
    verdict = check(registry.compiled[row.template_id], message.body)
    if isinstance(verdict, Mismatch):
        return " ".join(problem.message for problem in verdict.problems)
    return ""


def _note(found: Recheck, message: Sent, why: str, registry: _Registry) -> None:
    found.checked += 1
    if bool(why) == message.was_refused:
        found.still_fail += bool(why)
        found.still_pass += not why
        return
    row = registry.templates.get(message.template_id)
    case = Case(
        sid=message.sid,
        at=message.at,
        template_id=message.template_id,
        template_name=row.name if row else "",
        body=message.body,
        why=why or f"It was refused then: {message.error_code}.",
    )
    found.now_fail += bool(why)
    found.now_pass += not why
    kept = found.fails if why else found.passes
    if len(kept) < CASES_SHOWN:
        kept.append(case)
