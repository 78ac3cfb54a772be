"""How registry records look on pages."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dlt.identifiers import is_provisional
from dlt.imports.fields import LABELS
from dlt.lists import sizes
from dlt.matcher.template import placeholders
from dlt.models import SENDABLE, ImportJob, Record, RecordState

register = template.Library()

TABS = (
    ("template", "templates", "Templates"),
    ("header", "headers", "Headers"),
    ("entity", "entities", "Entities"),
    ("telemarketer", "telemarketers", "Telemarketers"),
    ("chain", "chains", "Chains"),
    ("cta", "ctas", "Links & numbers"),
    ("consent", "consents", "Consent templates"),
)

_WAITING = {RecordState.PENDING.value, RecordState.DRAFT.value}
_GONE = {RecordState.RETIRED.value, RecordState.SUPERSEDED.value, RecordState.INACTIVE.value}


def tone(state: str) -> str:
    """Return the colour of a state."""
    if state in SENDABLE:
        return "ok"
    if state in _WAITING:
        return "warn"
    return "" if state in _GONE else "bad"


@register.simple_tag
def state_badge(state: str, label: str) -> SafeString:
    """Draw a record's state; the colour never says it alone."""
    return format_html('<span class="badge {}">{}</span>', tone(state), label)


@register.simple_tag(takes_context=True)
def registry_tabs(context: template.Context) -> list[dict[str, object]]:
    """Return the registries with their sizes, as the tabs show them."""
    counts = sizes(context["request"].caller.account)
    return [
        {"plural": plural, "label": label, "count": counts[kind], "address": f"dlt-{plural}"}
        for kind, plural, label in TABS
    ]


@register.filter
def with_variables(text: str) -> SafeString:
    """Mark and number the variables of a registered text."""
    pieces: list[tuple[str | SafeString]] = []
    at = 0
    for hole in placeholders(text):
        pieces.append((text[at : hole.start],))
        mark = format_html(
            '<span class="var">{}<sub>{}</sub></span>', text[hole.start : hole.end], hole.index
        )
        pieces.append((mark,))
        at = hole.end
    pieces.append((text[at:],))
    return format_html_join("", "{}", pieces)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """Return this page's query with some values changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def verb_of(action: str) -> str:
    """Say what an action of the audit log did: "template.approved" is Approved."""
    verb = action.partition(".")[2]
    return verb.replace("_", " ").capitalize()


@register.filter
def tone_of(action: str) -> str:
    verb = action.partition(".")[2]
    if verb in {"approved", "reinstated"}:
        return "ok"
    if verb in {"edited", "drafted", "operator_state"}:
        return ""
    return "bad" if verb in {"rejected", "suspended", "blacklisted", "expired"} else ""


_IMPORT_TONES = {
    "done": "ok",
    "failed": "bad",
    "checking": "info",
    "applying": "info",
    "checked": "warn",
    "mapping": "warn",
}


@register.simple_tag
def import_badge(job: ImportJob) -> SafeString:
    """Draw how far an import is."""
    tone_of_it = _IMPORT_TONES.get(job.state, "")
    return format_html('<span class="badge {}">{}</span>', tone_of_it, job.get_state_display())


@register.filter
def registry_label(registry: str) -> str:
    return LABELS.get(registry, registry)


@register.filter
def thousands(number: int) -> str:
    """Write a count with commas: 100,000."""
    return f"{number or 0:,}"


@register.filter
def visible(text: str) -> str:
    """Show line breaks and blanks at the ends of a cell."""
    shown = text.replace("\r\n", "\u21b5").replace("\n", "\u21b5").replace("\r", "\u21b5")
    inner = shown.strip(" ")
    before = len(shown) - len(shown.lstrip(" "))
    after = len(shown) - len(shown.rstrip(" ")) if inner else 0
    return "\u2423" * before + inner + "\u2423" * after


_ICONS = {
    "entity": "building-2", "header": "send", "template": "message-square-text",
    "telemarketer": "users", "chain": "link-2", "cta": "globe", "consent": "circle-check",
}  # fmt: skip
_UNDO = "undo:"
_BLANKS = {
    " ": "\N{OPEN BOX}",
    "\n": "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}\n",
    "\u00a0": "\N{OPEN BOX}",
}


@register.filter
def icon_of(kind: str) -> str:
    """Return the icon of a kind of record."""
    return _ICONS[kind]


@register.filter
def title_of(row: Record) -> str:
    """Return a record's name without its id, where it has a name."""
    return str(getattr(row, "name", "") or row)


@register.filter
def seen_blanks(text: str) -> str:
    """Make a stretch of nothing but blanks visible."""
    return text if text.strip() else "".join(_BLANKS.get(sign, sign) for sign in text)


@register.filter
def undo_key(tags: str | None) -> str:
    """Return the key of the record whose decision a message offers to take back."""
    return (tags or "").removeprefix(_UNDO) if (tags or "").startswith(_UNDO) else ""


@register.simple_tag
def undo_path(key: str) -> str:
    kind, _, pk = key.partition("-")
    return reverse("undo", args=[kind, int(pk)])


@register.simple_tag
def record_path(row: Record) -> str:
    """Return where a record is shown in the registry."""
    return reverse(f"dlt-{row.record_kind}", args=[row.pk])


@register.filter
def is_draft_id(value: str) -> bool:
    """Say whether the portal has not given the id yet."""
    return is_provisional(value)


@register.filter
def item(table: dict[int, object], key: int) -> object:
    """Return what a table has under a key."""
    return table.get(key)


_SOURCES = {
    "api": "by the API",
    "import": "by import",
    "delivery_report": "by a delivery report",
    "clock": "by its date",
}


@register.filter
def source_words(source: str) -> str:
    return _SOURCES.get(source, source)


_FIELDS = {"text_sha256": "Hash of the text", "category_digit": "Category", "pe_id": "Entity ID"}


@register.filter
def field_words(name: str) -> str:
    """Name a field of the audit log."""
    return _FIELDS.get(name, name.replace("_", " ").capitalize())


@register.filter
def shown(value: object) -> str:
    """Write a value of the audit log."""
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
