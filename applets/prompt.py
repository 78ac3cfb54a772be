"""What an applet says before it listens: a text, one of the account's recordings, or a file on the web."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

from pydantic import Field

from applets.base import AppletSettings, SettingIssue
from applets.base import gettext_noop as _
from applets.fields import LANGUAGES, Language, panel
from applets.instructions import RECORDING, Play, Say
from applets.run import RunView

Source: TypeAlias = Literal["say", "audio", "play"]
SOURCES: Final[list[tuple[Any, str]]] = [
    ("say", _("Text")),
    ("audio", _("Recording")),
    ("play", _("Web address")),
]
LONGEST_TEXT: Final = 3_000
LONGEST_SID: Final = 32
LONGEST_URL: Final = 2_000

Speech: TypeAlias = tuple[Say | Play | None, str]
"""What is said, None for nothing, and a note on what is missing of it."""


class PromptSettings(AppletSettings):
    """Settings of an applet that says something and then listens."""

    prompt_source: Source = Field(
        default="say",
        title=_("What the caller hears"),
        json_schema_extra=panel("segmented", options=SOURCES),
    )
    prompt: str = Field(
        default="",
        title=_("Prompt"),
        description=_("Read aloud. Say what the caller shall do."),
        max_length=LONGEST_TEXT,
        json_schema_extra=panel("textarea", required=True, show_when=("prompt_source", "say")),
    )
    language: Language = Field(
        default="en-IN",
        title=_("Language"),
        json_schema_extra=panel(
            "select", options=LANGUAGES, show_when=("prompt_source", ["say", "play"])
        ),
    )
    prompt_audio: str = Field(
        default="",
        title=_("Recording"),
        max_length=LONGEST_SID,
        json_schema_extra=panel("audio", required=True, show_when=("prompt_source", "audio")),
    )
    prompt_url: str = Field(
        default="",
        title=_("Address of the recording"),
        description=_("An MP3 or WAV file on the web."),
        max_length=LONGEST_URL,
        json_schema_extra=panel(
            "url", required=True, show_when=("prompt_source", "play"), placeholder="https://"
        ),
    )


def retries_field(when: str) -> Any:
    """Return the setting ``retries``; ``when`` says in a sentence what makes the applet ask again."""
    return Field(
        default=2,
        title=_("Ask again (times)"),
        description=when,
        ge=0,
        le=5,
        json_schema_extra=panel("number"),
    )


def retry_prompt_field() -> Any:
    """Return the setting ``retry_prompt``."""
    return Field(
        default="",
        title=_("Prompt when asking again"),
        description=_("Empty: the same prompt."),
        max_length=LONGEST_TEXT,
        json_schema_extra=panel("textarea", show_when=("prompt_source", ["say", "play"])),
    )


def retry_audio_field() -> Any:
    """Return the setting ``retry_audio``."""
    return Field(
        default="",
        title=_("Recording when asking again"),
        description=_("None: the same recording."),
        max_length=LONGEST_SID,
        json_schema_extra=panel("audio", show_when=("prompt_source", "audio")),
    )


def said(run: RunView, text: str, language: str, *, interruptible: bool = False) -> Speech:
    """Return a text as it is spoken in this call."""
    spoken, note = run.speech(text)
    return Say(spoken, language, interruptible) if spoken.strip() else None, note


def played(sid: str, loop: int = 1, *, interruptible: bool = False) -> Speech:
    """Return one of the account's recordings; where it lies is for the driver to say."""
    if not sid:
        return None, _("No recording is chosen.")
    return Play(f"{RECORDING}{sid}", loop, interruptible), ""


def prompt_of(settings: PromptSettings, run: RunView) -> Speech:
    """Return what the caller hears first."""
    if settings.prompt_source == "audio":
        return played(settings.prompt_audio)
    if settings.prompt_source == "play":
        return Play(settings.prompt_url) if settings.prompt_url else None, ""
    return said(run, settings.prompt, settings.language)


def prompt_again(settings: PromptSettings, text: str, sid: str, run: RunView) -> Speech:
    """Return what the caller hears when asked again: ``text`` or the recording ``sid``, else the same."""
    if settings.prompt_source == "audio":
        return played(sid or settings.prompt_audio)
    return said(run, text, settings.language) if text.strip() else prompt_of(settings, run)


def prompt_issues(settings: PromptSettings) -> Iterator[SettingIssue]:
    """Yield what the schema cannot say about a prompt."""
    if settings.prompt_source == "play":
        yield from url_issues("prompt_url", settings.prompt_url)


def url_issues(setting: str, url: str) -> Iterator[SettingIssue]:
    """Yield that an address is not a whole one."""
    if url and (not url.startswith(("https://", "http://")) or any(sign.isspace() for sign in url)):
        yield SettingIssue(setting, _("Write a whole address that begins with https://."))
