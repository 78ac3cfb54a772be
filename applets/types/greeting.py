"""Speak to the caller."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.fields import LANGUAGES, Language, panel
from applets.instructions import Answer, Instruction, Play, Say
from applets.prompt import (
    LONGEST_SID,
    LONGEST_TEXT,
    LONGEST_URL,
    SOURCES,
    Source,
    played,
    said,
    url_issues,
)
from applets.registry import register
from applets.run import RunView
from applets.told import heard


class GreetingSettings(AppletSettings):
    source: Source = Field(
        default="say",
        title=_("What the caller hears"),
        json_schema_extra=panel("segmented", options=SOURCES),
    )
    say: str = Field(
        default="",
        title=_("Text to say"),
        description=_("Read aloud. Variables such as {CallFrom} may stand in it."),
        max_length=LONGEST_TEXT,
        json_schema_extra=panel("textarea", required=True, show_when=("source", "say")),
    )
    language: Language = Field(
        default="en-IN",
        title=_("Language"),
        json_schema_extra=panel("select", options=LANGUAGES, show_when=("source", "say")),
    )
    audio: str = Field(
        default="",
        title=_("Recording"),
        max_length=LONGEST_SID,
        json_schema_extra=panel("audio", required=True, show_when=("source", "audio")),
    )
    play_url: str = Field(
        default="",
        title=_("Address of the recording"),
        description=_("An MP3 or WAV file on the web."),
        max_length=LONGEST_URL,
        json_schema_extra=panel(
            "url", required=True, show_when=("source", "play"), placeholder="https://"
        ),
    )
    loop: int = Field(default=1, title=_("Times"), ge=1, le=5, json_schema_extra=panel("number"))
    interruptible: bool = Field(
        default=False,
        title=_("A key ends it"),
        description=_("The key counts for the menu or question that follows."),
        json_schema_extra=panel("toggle"),
    )


@register
class Greeting(Applet[GreetingSettings]):
    """Answers the call and says a text or plays a recording."""

    slug = "greeting"
    label = _("Greeting")
    category = "voice"
    icon = "volume-2"
    summary = "{say}"
    settings_model = GreetingSettings
    ports = (Port("next", _("Next")),)
    needs_caller = True
    port_without_caller = "next"
    port_on_failure = "next"

    def enter(self, settings: GreetingSettings, run: RunView) -> Exit:
        answer: tuple[Instruction, ...] = () if run.answered else (Answer(),)
        speech, note = self._heard(settings, run)
        told = heard(speech[0]) if speech else {}
        return Exit("next", (*answer, *speech), detail=told, note=note)

    def issues(self, settings: GreetingSettings) -> Iterator[SettingIssue]:
        if settings.source == "play":
            yield from url_issues("play_url", settings.play_url)

    def _heard(
        self, settings: GreetingSettings, run: RunView
    ) -> tuple[tuple[Say | Play, ...], str]:
        loop, interruptible = settings.loop, settings.interruptible
        if settings.source == "audio":
            speech, note = played(settings.audio, loop, interruptible=interruptible)
            return (speech,) if speech else (), note
        if settings.source == "play":
            return (Play(settings.play_url, loop, interruptible),), ""
        speech, note = said(run, settings.say, settings.language, interruptible=interruptible)
        return (speech,) * loop if speech else (), note
