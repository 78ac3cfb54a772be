"""Which limits a template's variables have in an account.

The nearest word counts: variable, template, profile of the operator it is registered at, account, the
product's defaults. Operators and sources differ (30 or 40 characters), so none of it is fixed in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import Account
from dlt.matcher import Limits, Template, compile_template
from dlt.matcher.limits import DEFAULT_LIMITS
from dlt.models import ContentTemplate, DltSettings
from dlt.operators import operator_of


@dataclass(frozen=True, slots=True)
class Rules:
    """An account's limits. ``stamp`` is the number of the change that made them."""

    account: Limits = DEFAULT_LIMITS
    profiles: Mapping[str, Limits] = field(default_factory=dict)
    stamp: int = 0

    def limits_of(self, template_id: str) -> Limits:
        """Return the limits at the operator a template is registered at."""
        operator = operator_of(template_id)
        return self.profiles.get(operator.slug, self.account) if operator else self.account


def rules_of(account: Account) -> Rules:
    """Return an account's limits. One query."""
    chosen = DltSettings.objects.filter(pk=account.pk).first()
    return rules_in(chosen) if chosen else Rules()


def rules_in(chosen: DltSettings) -> Rules:
    base = Limits.from_mapping(chosen.limits)
    profiles = {
        operator: base.with_(profile.get("limits", {}))
        for operator, profile in chosen.profiles.items()
    }
    return Rules(base, profiles, chosen.rules_stamp)


def compile_row(row: ContentTemplate, rules: Rules) -> Template:
    """Compile a registered template under an account's rules."""
    return compile_text(row.text, row.template_id, row.variables, row.limit, rules)


def compile_text(
    text: str,
    template_id: str,
    variables: list[dict[str, object]],
    limit: int | None,
    rules: Rules,
) -> Template:
    """Compile a text with what is held beside it: see ``ContentTemplate``."""
    return compile_template(text, *arguments_of(text, template_id, variables, limit, rules))


def arguments_of(
    text: str,
    template_id: str,
    variables: list[dict[str, object]],
    limit: int | None,
    rules: Rules,
) -> tuple[Limits, tuple[str, ...], tuple[int | None, ...]]:
    """Return limits, tags and single limits as ``compile_template`` takes them."""
    tags = tuple(str(variable.get("tag") or "") for variable in variables)
    own = [variable.get("limit") or limit for variable in variables]
    longest: list[int | None] = [value if isinstance(value, int) else None for value in own]
    if limit is not None:
        longest += [limit] * text.count("#")  # more than there are variables; the rest is ignored
    return rules.limits_of(template_id), tags, tuple(longest)
