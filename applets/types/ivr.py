"""Ask for one key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from applets.base import AppletSettings, Exit, Port, PortForEach, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.events import DigitsGathered
from applets.fields import LANGUAGES, Language, panel
from applets.instructions import Answer, Gather, Say
from applets.registry import register
from applets.run import RunView
from applets.variables import DIGITS, VariableInfo

_KEY = VariableInfo("digits", _("Key the caller pressed"), "1", 1, f"{DIGITS}*#")

Digit = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"]


class Choice(BaseModel):
    """One key of the menu and what it stands for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digit: Digit = Field(title=_("Key"))
    label: str = Field(default="", title=_("Label"), max_length=60)


class IvrSettings(AppletSettings):
    prompt: str = Field(
        default="",
        title=_("Prompt"),
        description=_("Read aloud. Say what each key is for."),
        max_length=3000,
        json_schema_extra=panel("textarea", required=True),
    )
    language: Language = Field(
        default="en-IN", title=_("Language"), json_schema_extra=panel("select", options=LANGUAGES)
    )
    choices: list[Choice] = Field(
        default_factory=list,
        title=_("Keys"),
        max_length=12,
        json_schema_extra=panel("key_list", required=True),
    )
    timeout_seconds: int = Field(
        default=5,
        title=_("Wait for a key (seconds)"),
        ge=1,
        le=30,
        json_schema_extra=panel("number"),
    )
    retries: int = Field(
        default=2,
        title=_("Ask again (times)"),
        description=_("When no key, or a key that is not on the menu, is pressed."),
        ge=0,
        le=5,
        json_schema_extra=panel("number"),
    )
    retry_prompt: str = Field(
        default="",
        title=_("Prompt when asking again"),
        description=_("Empty: the same prompt."),
        max_length=3000,
        json_schema_extra=panel("textarea"),
    )


@register
class Ivr(WaitingApplet[IvrSettings, DigitsGathered]):
    """Asks for one key press and leaves through the port of that key."""

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
    collects = (_KEY,)
    leaves = (_KEY,)

    def enter(self, settings: IvrSettings, run: RunView) -> Wait:
        return self._ask(settings, run, settings.prompt, tries=1)

    def resume(self, settings: IvrSettings, run: RunView, event: DigitsGathered) -> Exit | Wait:
        tries = int(run.memory.get("tries", 1))
        pressed = event.digits[:1]
        if any(choice.digit == pressed for choice in settings.choices):
            return self._leave(pressed, pressed, tries)
        if tries <= settings.retries:
            prompt = settings.retry_prompt or settings.prompt
            return self._ask(settings, run, prompt, tries=tries + 1)
        return self._leave("no_match" if pressed else "no_input", pressed, tries)

    def issues(self, settings: IvrSettings) -> Iterator[SettingIssue]:
        """Yield a key offered twice: its second row could never be reached."""
        seen: set[str] = set()
        for choice in settings.choices:
            if choice.digit in seen:
                yield SettingIssue("choices", _("One key is offered twice."))
                return
            seen.add(choice.digit)

    def _ask(self, settings: IvrSettings, run: RunView, prompt: str, *, tries: int) -> Wait:
        spoken, note = run.speech(prompt)
        gather = Gather(
            prompt=Say(spoken, settings.language) if spoken.strip() else None,
            max_digits=1,
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
