"""Record a message of the caller's."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from applets.base import Exit, Port, SettingIssue, Wait, WaitingApplet
from applets.base import gettext_noop as _
from applets.events import HungUp, Recorded
from applets.fields import FINISH_KEYS, FinishKey, panel
from applets.instructions import Answer, Record
from applets.prompt import PromptSettings, prompt_issues, prompt_of
from applets.registry import register
from applets.run import RunView
from applets.variables import DIGITS, VariableInfo


class VoicemailSettings(PromptSettings):
    max_seconds: int = Field(
        default=120,
        title=_("Longest message (seconds)"),
        ge=5,
        le=300,
        json_schema_extra=panel("number"),
    )
    silence_seconds: int = Field(
        default=5,
        title=_("Silence that ends it (seconds)"),
        ge=1,
        le=30,
        json_schema_extra=panel("number"),
    )
    finish_key: FinishKey = Field(
        default="#",
        title=_("Key that ends the message"),
        json_schema_extra=panel("select", options=FINISH_KEYS),
    )
    beep: bool = Field(
        default=True,
        title=_("Beep before it begins"),
        json_schema_extra=panel("toggle"),
    )


@register
class Voicemail(WaitingApplet[VoicemailSettings, Recorded]):
    """Asks for a message and records it."""

    slug = "voicemail"
    label = _("Voicemail")
    category = "voice"
    icon = "voicemail"
    summary = "{prompt}"
    settings_model = VoicemailSettings
    awaits = Recorded
    ports = (Port("next", _("Message left")), Port("no_message", _("No message")))
    needs_caller = True
    leaves = (
        VariableInfo(
            "recording_url", _("Address of the message"), "https://example.com/m.wav", 500
        ),
        VariableInfo("seconds", _("Seconds of the message"), "42", 4, DIGITS),
    )
    # A caller who has gone leaves no message; what is drawn for that case is what is wanted.
    port_without_caller = "no_message"
    port_on_failure = "no_message"

    def enter(self, settings: VoicemailSettings, run: RunView) -> Wait:
        prompt, note = prompt_of(settings, run)
        record = Record(
            prompt,
            settings.max_seconds,
            settings.silence_seconds,
            settings.finish_key,
            settings.beep,
        )
        return Wait(record, () if run.answered else (Answer(),), note=note)

    def resume(self, settings: VoicemailSettings, run: RunView, event: Recorded) -> Exit:
        return self._leave(event.seconds, event.recording_url)

    def caller_left(self, settings: VoicemailSettings, run: RunView, event: HungUp) -> Exit:
        """Hanging up is how most messages end; before a word it leaves none."""
        return self._leave(event.talk_seconds, "", _("The caller hung up."))

    def issues(self, settings: VoicemailSettings) -> Iterator[SettingIssue]:
        yield from prompt_issues(settings)
        if settings.silence_seconds >= settings.max_seconds:
            told = _("Silence never ends a message this short.")
            yield SettingIssue("silence_seconds", told, severity="hint")

    def _leave(self, seconds: int, url: str, note: str = "") -> Exit:
        result = {"recording_url": url, "seconds": seconds}
        if seconds <= 0:
            return Exit("no_message", result=result, detail={"seconds": 0}, note=note)
        facts = {"recording_url": url, "recording_seconds": seconds, "call_type": "voicemail"}
        return Exit("next", result=result, facts=facts, detail=result, note=note)
