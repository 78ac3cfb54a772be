"""The form of an account's DLT settings. An empty limit means: as usual."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from dlt.matcher.limits import DEFAULT_LIMITS, LONGEST_BODY, Tag
from dlt.models import DltSettings
from dlt.operators import OPERATORS

_LABELS: Final = {
    Tag.VAR: "{#var#}: any text",
    Tag.NUMERIC: "{#numeric#}: digits",
    Tag.ALPHANUMERIC: "{#alphanumeric#}: letters and digits",
    Tag.URL: "{#url#}: links",
    Tag.URLOTT: "{#urlott#}: links to apps",
    Tag.CBN: "{#cbn#}: telephone numbers",
    Tag.EMAIL: "{#email#}: addresses",
}
# Where operators are known to differ; the API takes every limit for each of them.
_PER_OPERATOR: Final = (Tag.VAR, Tag.NUMERIC, Tag.ALPHANUMERIC)
_CHECKS: Final = {
    "chain_check": ("Telemarketer chain", "The message's entity has an active chain."),
    "cta_check": ("Links and numbers", "Links and numbers in a text are on the whitelist."),
    "dnd_check": ("Do not disturb", "Receivers of promotions did not ask for quiet."),
    "consent_check": ("Consent", "Receivers agreed, where the category needs it."),
}
_LINE_BREAKS: Final = [("lf", "LF, as typed"), ("crlf", "CRLF, as Windows writes it")]


def _limit(label: str, usual: int) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1,
        max_value=LONGEST_BODY,
        required=False,
        label=label,
        help_text=f"Usual: {usual}",
    )


class SettingsForm(forms.Form):
    """Fields are named ``limit_var``, ``vi_limit_var``, ``vi_line_break``, and as the model's."""

    alphanumeric_punctuation = forms.CharField(
        max_length=40,
        required=False,
        strip=False,
        label="Signs in {#alphanumeric#}",
        help_text="What a value may hold besides letters and digits.",
    )
    promo_from = forms.TimeField(label="From")
    promo_to = forms.TimeField(label="Until")
    promo_zone = forms.CharField(max_length=40, label="Time zone")
    explicit_in_window = forms.BooleanField(
        required=False, label="Service explicit messages keep to these hours too"
    )
    government_in_window = forms.BooleanField(
        required=False, label="Government messages keep to these hours too"
    )
    sla_hours = forms.IntegerField(
        min_value=1,
        max_value=720,
        label="Hours to decide",
        help_text="What waits longer is marked late on the approval desk.",
    )
    idle_days = forms.IntegerField(
        min_value=1,
        max_value=365,
        label="Days without use",
        help_text="After so many days the radar reminds you: operators suspend after about 30.",
    )

    def __init__(self, *args: Any, stored: DltSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = stored
        for tag in Tag:
            self._add(f"limit_{tag.value}", _limit(_LABELS[tag], DEFAULT_LIMITS.longest(tag)),
                      stored.limits.get(tag.value))  # fmt: skip
        self._fill_operators()
        for name, (label, told) in _CHECKS.items():
            choices = DltSettings.Check.choices
            field = forms.ChoiceField(choices=choices, label=label, help_text=told)
            self._add(name, field, getattr(stored, name))
        for name in ("promo_from", "promo_to"):
            self.initial[name] = getattr(stored, name).isoformat("minutes")
        for name in ("promo_zone", "explicit_in_window", "government_in_window",
                     "sla_hours", "idle_days"):  # fmt: skip
            self.initial[name] = getattr(stored, name)
        signs = stored.limits.get(
            "alphanumeric_punctuation", DEFAULT_LIMITS.alphanumeric_punctuation
        )
        self.initial["alphanumeric_punctuation"] = signs

    def _fill_operators(self) -> None:
        for slug in OPERATORS:
            profile = self.stored.profiles.get(slug, {})
            limits = profile.get("limits", {})
            for tag in _PER_OPERATOR:
                field = _limit(tag.value, DEFAULT_LIMITS.longest(tag))
                self._add(f"{slug}_limit_{tag.value}", field, limits.get(tag.value))
            breaks = forms.ChoiceField(choices=_LINE_BREAKS, label="Line breaks")
            self._add(f"{slug}_line_break", breaks, profile.get("line_break", "lf"))

    def _add(self, name: str, field: forms.Field, value: object) -> None:
        self.fields[name] = field
        self.initial[name] = value

    def limit_fields(self) -> list[forms.BoundField]:
        return [self[f"limit_{tag.value}"] for tag in Tag]

    def check_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in _CHECKS]

    def operator_fields(self) -> list[dict[str, Any]]:
        return [
            {
                "operator": operator,
                "limits": [self[f"{slug}_limit_{tag.value}"] for tag in _PER_OPERATOR],
                "line_break": self[f"{slug}_line_break"],
            }
            for slug, operator in OPERATORS.items()
        ]

    def changes(self) -> dict[str, Any]:
        """Return the settings as the service takes them. What the form does not show stays."""
        given = self.cleaned_data
        names = ("promo_from", "promo_to", "promo_zone", "explicit_in_window",
                 "government_in_window", "sla_hours", "idle_days", *_CHECKS)  # fmt: skip
        changes: dict[str, Any] = {name: given[name] for name in names}
        changes["limits"] = self._limits()
        changes["profiles"] = self._profiles()
        return changes

    def _limits(self) -> dict[str, Any]:
        shown = {tag.value for tag in Tag} | {"alphanumeric_punctuation"}
        kept = {name: value for name, value in self.stored.limits.items() if name not in shown}
        for tag in Tag:
            value = self.cleaned_data[f"limit_{tag.value}"]
            if value is not None:
                kept[tag.value] = value
        signs = self.cleaned_data["alphanumeric_punctuation"]
        if signs != DEFAULT_LIMITS.alphanumeric_punctuation:
            kept["alphanumeric_punctuation"] = signs
        return kept

    def _profiles(self) -> dict[str, Any]:
        found = {}
        for slug in OPERATORS:
            before = self.stored.profiles.get(slug, {})
            shown = {tag.value for tag in _PER_OPERATOR}
            limits = {
                name: value for name, value in before.get("limits", {}).items() if name not in shown
            }
            for tag in _PER_OPERATOR:
                value = self.cleaned_data[f"{slug}_limit_{tag.value}"]
                if value is not None:
                    limits[tag.value] = value
            line_break = self.cleaned_data[f"{slug}_line_break"]
            profile = {"limits": limits} if limits else {}
            if line_break != "lf":
                profile["line_break"] = line_break
            if profile:
                found[slug] = profile
        return found
