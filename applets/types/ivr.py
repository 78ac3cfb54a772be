"""Ask for a key, or for a number of several digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from applets.base import Exit, Port, PortForEach, SettingIssue, Wait, WaitingApplet
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
from applets.variables import DIGITS, VariableInfo

MOST_DIGITS: Final = 8
MOST_CHOICES: Final = 50

_KEYS = VariableInfo(
    "digits", _("Key the caller pressed"), "1", MOST_DIGITS, f"{DIGITS}*#", "max_digits"
)

Digit = Annotated[str, StringConstraints(pattern=rf"^[0-9*#]{{1,{MOST_DIGITS}}}$")]


class Choice(BaseModel):
    """One key of the menu, or several to be pressed one after the other, and what they stand for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digit: Digit = Field(title=_("Key"))
    label: str = Field(default="", title=_("Label"), max_length=60)


class IvrSettings(PromptSettings):
    choices: list[Choice] = Field(
        default_factory=list,
        title=_("Keys"),
        max_length=MOST_CHOICES,
        json_schema_extra=panel("key_list", required=True),
    )
    max_digits: int = Field(
        default=1,
        title=_("Digits at most"),
        description=_("More than 1: keys such as 10 or 101 can be offered."),
        ge=1,
        le=MOST_DIGITS,
        json_schema_extra=panel("number"),
    )
    finish_key: FinishKey = Field(
        default="#",
        title=_("Key that ends the entry"),
        description=_("Without it the caller waits after a shorter number."),
        json_schema_extra=panel(
            "select",
            options=FINISH_KEYS,
            show_when=("max_digits", list(range(2, MOST_DIGITS + 1))),
        ),
    )
    timeout_seconds: int = Field(
        default=5,
        title=_("Wait for a key (seconds)"),
        ge=1,
        le=30,
        json_schema_extra=panel("number"),
    )
    retries: int = retries_field(_("When no key, or a key that is not on the menu, is pressed."))
    retry_prompt: str = retry_prompt_field()
    retry_audio: str = retry_audio_field()


@register
class Ivr(WaitingApplet[IvrSettings, DigitsGathered]):
    """Asks for a key, or a number of several, and leaves through the port of what was pressed."""

    slug = "ivr"
    label = _("IVR menu")
    category = "input"
    icon = "grid-3x3"
    summary = "{prompt}"
    settings_model = IvrSettings
    awaits = DigitsGathered
    ports = (
        PortForEach("choices", key="digit"),
        Port("no_input", _("No key")),
        Port("no_match", _("Other key")),
    )
    needs_caller = True
    collects = (_KEYS,)
    leaves = (_KEYS,)

    def enter(self, settings: IvrSettings, run: RunView) -> Wait:
        return self._ask(settings, run, prompt_of(settings, run), tries=1)

    def resume(self, settings: IvrSettings, run: RunView, event: DigitsGathered) -> Exit | Wait:
        tries = int(run.memory.get("tries", 1))
        pressed = event.digits.removesuffix(_finish_key(settings))[: settings.max_digits]
        if any(choice.digit == pressed for choice in settings.choices):
            return self._leave(pressed, pressed, tries)
        if tries <= settings.retries:
            speech = prompt_again(settings, settings.retry_prompt, settings.retry_audio, run)
            return self._ask(settings, run, speech, tries=tries + 1)
        return self._leave("no_match" if pressed else "no_input", pressed, tries)

    def issues(self, settings: IvrSettings) -> Iterator[SettingIssue]:
        """Yield keys that nobody can choose, and those that keep callers waiting."""
        yield from prompt_issues(settings)
        yield from _key_issues(settings, [choice.digit for choice in settings.choices])

    def _ask(self, settings: IvrSettings, run: RunView, speech: Speech, *, tries: int) -> Wait:
        prompt, note = speech
        gather = Gather(
            prompt=prompt,
            max_digits=settings.max_digits,
            finish_key=_finish_key(settings),
            timeout_seconds=settings.timeout_seconds,
        )
        answer = () if run.answered else (Answer(),)
        return Wait(gather, answer, memory={"tries": tries}, detail={"tries": tries}, note=note)

    def _leave(self, port: str, pressed: str, tries: int) -> Exit:
        return Exit(
            port,
            result={"digits": pressed},
            variables={"digits": pressed},
            detail={"digits": pressed, "tries": tries},
        )


def _finish_key(settings: IvrSettings) -> str:
    """Return the key that ends an entry: none where one key is all there is, so that # can be a choice."""
    return settings.finish_key if settings.max_digits > 1 else ""


def _key_issues(settings: IvrSettings, keys: list[str]) -> Iterator[SettingIssue]:
    finish = _finish_key(settings)
    if len(set(keys)) < len(keys):
        yield SettingIssue("choices", _("One key is offered twice."))
    if any(len(key) > settings.max_digits for key in keys):
        told = _("A key has more digits than a caller may press.")
        fix = _("Raise “Digits at most”.")
        yield SettingIssue("choices", told, fix=fix)
    if finish and any(finish in key for key in keys):
        yield SettingIssue("choices", _("The key that ends the entry cannot be part of a choice."))
    begun = {other for other in keys for key in keys if key != other and key.startswith(other)}
    if begun:
        told = _("One key is how another begins, so it is taken only after a wait.")
        fix = _("Tell callers to press the key that ends the entry, or use numbers of one length.")
        yield SettingIssue("choices", told, severity="warning", fix=fix)
