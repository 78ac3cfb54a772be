"""The way of a template from ``{#var#}`` to typed tags, with its own messages as the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.models import Account
from dlt.matcher import Match, Template, check, compile_template
from dlt.models import ContentTemplate
from dlt.rules import compile_row, rules_of
from dlt.typed_tags import Suggestion, retagged, suggest
from reports.dlt_health.sent import Sent, last_messages

LOOKED_AT: Final = 2_000
MISFITS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Misfit:
    """A message that the typed text would no longer take."""

    sid: str
    body: str
    why: str


@dataclass(frozen=True, slots=True)
class TypedVersion:
    """A template's text with the suggested types, and what the last messages say of it."""

    row: ContentTemplate
    variables: list[Suggestion]
    text: str
    messages: int
    fitting: int
    misfits: list[Misfit]

    @property
    def is_complete(self) -> bool:
        return all(variable.tag is not None for variable in self.variables)

    @property
    def tags(self) -> list[str]:
        """The type of each variable, for portals that keep them beside the text."""
        return [(variable.tag or variable.before).value for variable in self.variables]

    def as_dict(self) -> dict[str, object]:
        return {
            "template_id": self.row.template_id,
            "name": self.row.name,
            "text": self.row.text,
            "typed_text": self.text,
            "tags": self.tags,
            "complete": self.is_complete,
            "messages": self.messages,
            "fitting": self.fitting,
            "variables": [variable.as_dict() for variable in self.variables],
        }


def typed_version(account: Account, row: ContentTemplate) -> TypedVersion:
    """Suggest types from the last messages of a template and judge those messages by the result."""
    rules = rules_of(account)
    template = compile_row(row, rules)
    bodies = last_messages(account, LOOKED_AT, row.template_id)
    sent = [one for one in bodies if isinstance(check(template, one.body), Match)]
    variables = suggest(template, (one.body for one in sent))
    tags = [variable.tag for variable in variables]
    typed = compile_template(
        row.text, rules.limits_of(row.template_id), [tag.value if tag else "" for tag in tags]
    )
    misfits = [Misfit(one.sid, one.body, why) for one in sent if (why := _why(typed, one))]
    return TypedVersion(
        row=row,
        variables=variables,
        text=retagged(row.text, tags),
        messages=len(sent),
        fitting=len(sent) - len(misfits),
        misfits=misfits[:MISFITS_SHOWN],
    )


def _why(typed: Template, message: Sent) -> str:
    verdict = check(typed, message.body)
    if isinstance(verdict, Match):
        return ""
    return " ".join(problem.message for problem in verdict.problems)
