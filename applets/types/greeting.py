"""Speak to the caller."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from applets.base import Applet, AppletSettings, Exit, Port, SettingIssue
from applets.base import gettext_noop as _
from applets.fields import LANGUAGES, Language, panel
from applets.instructions import Answer, Instruction, Play, Say
from applets.registry import register
from applets.run import RunView


class GreetingSettings(AppletSettings):
    source: Literal["say", "play"] = Field(
        default="say",
        title=_("What the caller hears"),
        json_schema_extra=panel(
            "segmented", options=[("say", _("Text")), ("play", _("Recording"))]
        ),
    )
    say: str = Field(
        default="",
        title=_("Text to say"),
        description=_("Read aloud. Variables such as {CallFrom} may stand in it."),
        max_length=3000,
        json_schema_extra=panel("textarea", required=True, show_when=("source", "say")),
    )
    language: Language = Field(
        default="en-IN",
        title=_("Language"),
        json_schema_extra=panel("select", options=LANGUAGES, show_when=("source", "say")),
    )
    play_url: str = Field(
        default="",
        title=_("Address of the recording"),
        description=_("An MP3 or WAV file on the web."),
        max_length=2000,
        json_schema_extra=panel(
            "url", required=True, show_when=("source", "play"), placeholder="https://"
        ),
    )
    loop: int = Field(default=1, title=_("Times"), ge=1, le=5, json_schema_extra=panel("number"))


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
        if settings.source == "play":
            return Exit("next", (*answer, Play(settings.play_url, settings.loop)))
        spoken, note = run.speech(settings.say)
        words = (Say(spoken, settings.language),) * settings.loop if spoken.strip() else ()
        return Exit("next", (*answer, *words), note=note)

    def issues(self, settings: GreetingSettings) -> Iterator[SettingIssue]:
        if (
            settings.source == "play"
            and settings.play_url
            and not _is_web_address(settings.play_url)
        ):
            yield SettingIssue("play_url", _("Write a whole address that begins with https://."))


def _is_web_address(url: str) -> bool:
    return url.startswith(("https://", "http://")) and not any(c.isspace() for c in url)
