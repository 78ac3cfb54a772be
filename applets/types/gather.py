"""Collect digits, such as an order number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import Field

from applets.base import Exit, Port, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.events import DigitsGathered
from applets.fields import FINISH_KEYS, FinishKey, panel
from applets.instructions import Answer, Gather
from applets.prompt import (
    PromptSettings,
    Speech,
    prompt_again,
    prompt_issues,
    prompt_of,
    retries_field,
    retry_audio_field,
    retry_prompt_field,
)
from applets.registry import register
from applets.run import RunView
from applets.variables import DIGITS, VARIABLES, VariableInfo

MOST_DIGITS: Final = 32
"""As many as the phone hands on at once."""

_PRESSED: Final = f"{DIGITS}*#"
_COLLECTED: Final = VariableInfo(
    "digits", _("Digits the caller pressed"), "4711", MOST_DIGITS, _PRESSED, "max_digits"
)
_NAMED: Final = VariableInfo(
    "{variable}", _("Digits the caller pressed"), "4711", MOST_DIGITS, _PRESSED, "max_digits"
)
# What texts find without any applet's doing.
_TAKEN: Final = frozenset(
    {info.name for info in VARIABLES}
    | {"call", "sms", "nodes", "vars", "run", "flow", "scenario", "now", "http", "integrations"}
)


class GatherSettings(PromptSettings):
    max_digits: int = Field(
        default=10,
        title=_("Digits at most"),
        description=_("With the last one the entry ends by itself."),
        ge=1,
        le=MOST_DIGITS,
        json_schema_extra=panel("number"),
    )
    min_digits: int = Field(
        default=1,
        title=_("Digits at least"),
        ge=1,
        le=MOST_DIGITS,
        json_schema_extra=panel("number"),
    )
    finish_key: FinishKey = Field(
        default="#",
        title=_("Key that ends the entry"),
        json_schema_extra=panel("select", options=FINISH_KEYS),
    )
    timeout_seconds: int = Field(
        default=5,
        title=_("Wait for a key (seconds)"),
        ge=1,
        le=30,
        json_schema_extra=panel("number"),
    )
    variable: str = Field(
        default="",
        title=_("Name for the digits"),
        description=_("Later texts find them as {digits}, and under this name too."),
        max_length=40,
        pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$",
        json_schema_extra=panel("text", placeholder="order_number"),
    )
    retries: int = retries_field(_("When too few digits are pressed."))
    retry_prompt: str = retry_prompt_field()
    retry_audio: str = retry_audio_field()


@register
class GatherDigits(WaitingApplet[GatherSettings, DigitsGathered]):
    """Asks for a number, such as an order number, and keeps its digits."""

    slug = "gather"
    label = _("Gather digits")
    category = "input"
    icon = "hash"
    summary = "{prompt}"
    settings_model = GatherSettings
    awaits = DigitsGathered
    ports = (Port("next", _("Digits")), Port("no_input", _("Too few digits")))
    needs_caller = True
    collects = (_COLLECTED, _NAMED)
    leaves = (_COLLECTED,)

    def enter(self, settings: GatherSettings, run: RunView) -> Wait:
        return self._ask(settings, run, prompt_of(settings, run), tries=1)

    def resume(self, settings: GatherSettings, run: RunView, event: DigitsGathered) -> Exit | Wait:
        tries = int(run.memory.get("tries", 1))
        digits = event.digits.removesuffix(settings.finish_key)[: settings.max_digits]
        if len(digits) >= settings.min_digits:
            return self._leave("next", settings, digits, tries)
        if tries <= settings.retries:
            speech = prompt_again(settings, settings.retry_prompt, settings.retry_audio, run)
            return self._ask(settings, run, speech, tries=tries + 1)
        return self._leave("no_input", settings, digits, tries)

    def issues(self, settings: GatherSettings) -> Iterator[SettingIssue]:
        yield from prompt_issues(settings)
        if settings.min_digits > settings.max_digits:
            yield SettingIssue("min_digits", _("This is more than “Digits at most” allows."))
        if settings.variable in _TAKEN:
            yield SettingIssue("variable", _("This name stands for something else already."))
        if not settings.finish_key and settings.min_digits < settings.max_digits:
            told = _("Callers who press fewer digits wait until the time is up.")
            yield SettingIssue("finish_key", told, severity="hint")

    def _ask(self, settings: GatherSettings, run: RunView, speech: Speech, *, tries: int) -> Wait:
        prompt, note = speech
        gather = Gather(prompt, settings.max_digits, settings.finish_key, settings.timeout_seconds)
        answer = () if run.answered else (Answer(),)
        return Wait(gather, answer, memory={"tries": tries}, detail={"tries": tries}, note=note)

    def _leave(self, port: str, settings: GatherSettings, digits: str, tries: int) -> Exit:
        named = {settings.variable: digits} if settings.variable else {}
        return Exit(
            port,
            result={"digits": digits},
            variables={"digits": digits, **named},
            detail={"digits": digits, "tries": tries},
        )
