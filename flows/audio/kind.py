"""What kind of file somebody uploaded, by its first bytes and never by its name."""

from __future__ import annotations

from typing import Final

from flows.audio.limits import NotAudio

_WANTED: Final = "Upload an MP3, WAV, FLAC or Ogg Vorbis file."
_OTHERS: Final = (
    (b"\x1aE\xdf\xa3", "a WebM or Matroska file"),
    (b"FORM", "an AIFF file"),
    (b".snd", "an AU file"),
    (b"#!AMR", "an AMR file"),
    (b"0&\xb2u\x8ef\xcf\x11", "a Windows Media file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


def kind_of(start: bytes) -> str:
    """Return ``wav``, ``mp3``, ``flac`` or ``ogg``. Raises NotAudio, naming what it is instead."""
    if start[:4] in (b"RIFF", b"RIFX", b"RF64") and start[8:12] == b"WAVE":
        return "wav"
    if start.startswith(b"fLaC"):
        return "flac"
    if start.startswith(b"OggS"):
        return _ogg(start)
    # Some encoders put zeros before the first frame.
    sound = start.lstrip(b"\0")
    if start.startswith(b"ID3") or _is_mp3_frame(sound):
        return "mp3"
    raise NotAudio(field="file", problem=f"This is {_named(start)}, not audio we read. {_WANTED}")


def _ogg(start: bytes) -> str:
    if b"OpusHead" in start[:128]:
        raise NotAudio(field="file", problem=f"This is an Opus recording. {_WANTED}")
    return "ogg"


def _is_mp3_frame(start: bytes) -> bool:
    """Whether MPEG audio of layer III begins here: sync word, layer, and no reserved rate (ISO 11172-3)."""
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xE6 != 0xE2:
        return False
    return start[2] & 0xF0 != 0xF0 and start[2] & 0x0C != 0x0C


def _named(start: bytes) -> str:
    if start[4:8] == b"ftyp":
        return "an M4A or MP4 file"
    if start[:4] == b"RIFF":
        return "a RIFF file without sound"
    for magic, name in _OTHERS:
        if start.startswith(magic):
            return name
    return "a text file" if _is_text(start) else "a file of an unknown kind"


def _is_text(start: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in start)
