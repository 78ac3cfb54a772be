"""How large and how long a recording may be, and how it is refused."""

from __future__ import annotations

from typing import Final

from core.errors import DomainError

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_SECONDS: Final = 120
"""Of a prompt: as long as carriers take."""
MOST_RECORDINGS: Final = 1_000
"""Of one account."""
LONGEST_NAME: Final = 100


class NotAudio(DomainError):
    """The bytes are of another kind, whatever the file's name says."""

    code = "audio.not_audio"
    message = "{problem}"


class AudioTooLarge(DomainError):
    code = "audio.too_large"
    message = "The file has {megabytes} MB; {most} MB is the most."


class AudioEmpty(DomainError):
    code = "audio.empty"
    message = "The file is empty."


class TooManyRecordings(DomainError):
    code = "audio.too_many"
    message = "The account has {most} recordings, which is the most. Delete some first."


class BadAudioName(DomainError):
    code = "audio.bad_name"
    message = "Give the recording a name of 1 to {longest} characters."


class AudioInUse(DomainError):
    code = "audio.in_use"
    message = "{flows} {play} this recording. Choose another one there first."
    status = 409
