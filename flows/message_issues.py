"""Issues of SMS applets that need the DLT registries: ids, states, and whether the text is the
registered one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from applets.variables import MissingVariable, expand, expand_with_samples, sample_values
from core.errors import DomainError
from dlt.matcher import Code, Mismatch, Template, check, compile_template
from flows.extents import Extents
from flows.graph import Node
from flows.issues import Issue
from flows.program import Placed
from flows.transfer_facts import FlowFacts
from flows.value_issues import findings_of

_COUNTRY_CODE: Final = "+91"
# What may only be wrong with a value, and values of the call's own are known in the call only.
_VALUE_FAULTS: Final = frozenset(
    {Code.VAR_BAD_TYPE, Code.VAR_TOO_LONG, Code.VAR_EMPTY, Code.VAR_NEWLINE}
)


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """A registered template. ``entity`` is the PE id; ``headers`` the sender IDs it is linked
    to."""

    text: str
    name: str
    state: str
    category: str
    entity: str
    headers: frozenset[str]
    state_label: str = ""
    successor: str = ""
    """The approved version that took a superseded one's place: "Order update 2 (1107…)"."""
    rules: Template | None = None
    """The text compiled with the limits and types that hold for it; None: those everybody has."""

    @property
    def compiled(self) -> Template:
        return self.rules or compile_template(self.text)


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """The records a message names, by their ids; empty where it names none."""

    template: str
    entity: str
    header: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the scrub has against a message's records, whatever its text."""

    setting: str
    code: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Context:
    """What validation must know of the account."""

    region: str = "IN"
    templates: Mapping[str, TemplateFacts] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """``{sender ID: {PE id: state}}``."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """``{PE id: state}``."""
    refusals: Mapping[Named, tuple[Refusal, ...]] = field(default_factory=dict)
    recordings: Mapping[str, str] = field(default_factory=dict)
    """``{sid: state}`` of the recordings that the graphs name."""
    flows: Mapping[str, FlowFacts] = field(default_factory=dict)
    """The flows that transfers lead to, by sid."""
    own: str = ""
    """The sid of the flow that is looked at."""


def needs_dlt(node: Node, context: Context) -> bool:
    """Whether a message may go to an Indian number, for which alone the DLT rules exist."""
    if context.region != "IN":
        return False
    number = node.settings.get("to_number")
    foreign = (
        isinstance(number, str) and number.startswith("+") and not number.startswith(_COUNTRY_CODE)
    )
    return not (node.settings.get("to") == "number" and foreign)


def message_issues(here: Placed, context: Context, extents: Extents) -> Iterator[Issue]:
    """Yield what the registries have against a message that has valid settings.

    ``extents`` knows what the flow's variables can become during a call.
    """
    if not needs_dlt(here.node, context):
        return
    settings: Any = here.settings
    own = list(_record_issues(here, settings, context))
    yield from own
    yield from _refused(here, settings, context, {issue.setting for issue in own})
    template = context.templates.get(settings.dlt_template_id)
    if template is not None and settings.body.strip():
        yield from _text_issues(here, settings, template, extents)


def _refused(
    here: Placed, settings: Any, context: Context, said: set[str | None]
) -> Iterator[Issue]:
    """Yield what only the scrub knows, such as a chain that is not active, where nothing was said yet."""
    named = Named(settings.dlt_template_id, settings.dlt_entity_id, settings.sender_id)
    for refusal in context.refusals.get(named, ()):
        if refusal.setting not in said:
            told = refusal.message
            yield _error(here, refusal.code, told, refusal.setting, refusal.fix)


def _record_issues(here: Placed, settings: Any, context: Context) -> Iterator[Issue]:
    template_id, pe_id, header = (
        settings.dlt_template_id,
        settings.dlt_entity_id,
        settings.sender_id,
    )
    template = context.templates.get(template_id)
    if template_id:
        yield from _template_issues(here, template_id, template)
    if pe_id:
        yield from _entity_issues(here, pe_id, template, context)
    if header:
        yield from _header_issues(here, header, template, context)
    if template and settings.traffic_type == "alerting" and template.category == "promotional":
        told = f"Template “{template.name}” is promotional and cannot be sent as alerting."
        yield _error(
            here, "dlt.category_clash", told, "traffic_type", "Choose “From the template”."
        )


def _template_issues(
    here: Placed, template_id: str, template: TemplateFacts | None
) -> Iterator[Issue]:
    key = "dlt_template_id"
    if template is None:
        told = f"template {template_id} is not in this account's registry."
        yield _error(here, "dlt.template_unknown", told, key, "Submit it under DLT registry.")
    elif template.state != "approved":
        state = template.state_label or template.state
        told = f"template “{template.name}” is {state}; only an approved one may be sent."
        yield _error(here, "dlt.template_not_approved", told, key, _way_out(template))


def _way_out(template: TemplateFacts) -> str:
    """Say what to do about a template that is not approved, by how it stands."""
    if template.successor:
        return f"Choose its new version {template.successor}."
    if template.state == "pending":
        return "Wait for the approval, or choose another."
    if template.state in {"draft", "rejected"}:
        return "Mend and submit it, or choose another."
    if template.state.startswith("suspended") or template.state == "inactive":
        return "Choose another template, or ask an admin to have this one reactivated."
    return "Choose another template."


def _entity_issues(
    here: Placed, pe_id: str, template: TemplateFacts | None, context: Context
) -> Iterator[Issue]:
    key, state = "dlt_entity_id", context.entities.get(pe_id)
    if state is None:
        told = f"entity {pe_id} is not in this account's registry."
        yield _error(here, "dlt.entity_unknown", told, key, "Register it under DLT registry.")
    elif state != "active":
        told = f"entity {pe_id} is {state}; only messages of an active one may be sent."
        yield _error(here, "dlt.entity_not_active", told, key, _wait_or_ask(state))
    elif template and template.entity != pe_id:
        told = f"template “{template.name}” belongs to entity {template.entity}, not to {pe_id}."
        yield _error(
            here, "dlt.template_other_entity", told, key, f"Choose entity {template.entity}."
        )


def _wait_or_ask(state: str) -> str:
    if state == "pending":
        return "Wait for the approval, or choose another."
    return "Choose another, or ask an admin to have this one reactivated."


def _header_issues(
    here: Placed, header: str, template: TemplateFacts | None, context: Context
) -> Iterator[Issue]:
    key, states = "sender_id", context.headers.get(header)
    if not states:
        told = f"Sender ID “{header}” is not in this account's registry; capitals matter."
        yield _error(here, "dlt.header_unknown", told, key, "Submit it under DLT registry.")
    elif "approved" not in states.values():
        state = next(iter(states.values()))
        told = (
            f"Sender ID “{header}” is {state.replace('_', ' ')}; only an approved one may be used."
        )
        yield _error(here, "dlt.header_not_approved", told, key, _wait_or_ask(state))
    elif template and header not in template.headers:
        linked = ", ".join(sorted(template.headers)) or "none"
        told = (
            f"Sender ID “{header}” is not linked to template “{template.name}” (linked: {linked})."
        )
        yield _error(here, "dlt.header_not_linked", told, key, "Choose a linked Sender ID.")


def _text_issues(
    here: Placed, settings: Any, template: TemplateFacts, extents: Extents
) -> Iterator[Issue]:
    """Yield differences from the registered text, then what can be wrong with its values: judged
    with sample values, and with the longest that a call can bring."""
    compiled = template.compiled
    try:
        # CallSid is judged with the values: its length is no difference in the text.
        sample = expand_with_samples(settings.body, {"CallSid": sample_values()["CallRef"]})
        findings = findings_of(compiled, settings.body, extents)
    except DomainError:
        return  # the applet itself names the expression that cannot be read
    for found in findings or ():
        told = f"“{here.node.shown_name}”: {found.message}"
        yield Issue(found.severity, found.code, told, here.node.id, None, "body", found.fix)
    verdict = check(compiled, sample)
    if isinstance(verdict, Mismatch) and not (findings and _only_values(verdict)):
        yield _mismatch(here, settings.body, template, verdict)


def _only_values(verdict: Mismatch) -> bool:
    return all(found.code in _VALUE_FAULTS for found in verdict.problems)


def _mismatch(here: Placed, body: str, template: TemplateFacts, verdict: Mismatch) -> Issue:
    problem = verdict.problems[0].message
    if _only_values(verdict) and _has_values_of_its_own(body):
        told = f"“{here.node.shown_name}”: with sample values, {problem}"
        fix = "Make sure the values fit during a call."
        return Issue("warning", "dlt.value_may_not_fit", told, here.node.id, None, "body", fix)
    told = f"the text is not that of template “{template.name}”: {problem}"
    fix = "Restore the registered text; only its variables may differ."
    return _error(here, "dlt.template_mismatch", told, "body", fix)


def _has_values_of_its_own(body: str) -> bool:
    """Whether a text has variables beyond those every call has, for which samples are guesses."""
    samples = sample_values()
    try:
        expand(body, lambda name: samples.get(name))
    except MissingVariable:
        return True
    return False


def _error(here: Placed, code: str, told: str, setting: str, fix: str | None) -> Issue:
    message = f"“{here.node.shown_name}”: {told}"
    return Issue("error", code, message, here.node.id, None, setting, fix)
