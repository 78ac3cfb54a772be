"""Turns a recording into what telephones play: 8 kHz, one channel, 16-bit WAV.

Run as a program of its own (``python convert.py FROM TO MOST_SECONDS``), because the decoders read bytes of
strangers: memory and processor time of the process are limited, and a decoder that crashes takes nothing
else down. It prints ``{"milliseconds": n}`` or ``{"problem": code}`` and knows nothing of the product.
"""

from __future__ import annotations

import json
import resource
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import miniaudio

RATE: Final = 8_000
_FRAMES_AT_ONCE: Final = 8_000
_MOST_MEMORY: Final = 512 * 1024 * 1024
_MOST_CPU_SECONDS: Final = 20


def convert(source: Path, target: Path, most_seconds: int) -> dict[str, object]:
    """Write ``target`` and say how long it is, or why it cannot be."""
    most, frames = most_seconds * RATE, 0
    try:
        with wave.open(str(target), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            for chunk in _chunks(source):
                frames += len(chunk) // 2
                if frames > most:
                    return {"problem": "too_long"}
                file.writeframes(chunk)
    except miniaudio.DecodeError:
        return {"problem": "unreadable"}
    if frames == 0:
        return {"problem": "empty"}
    return {"milliseconds": frames * 1000 // RATE}


def _chunks(source: Path) -> Iterator[bytes]:
    """Yield the sound bit by bit: a small file may hold hours."""
    stream = miniaudio.stream_file(
        str(source),
        output_format=miniaudio.SampleFormat.SIGNED16,
        nchannels=1,
        sample_rate=RATE,
        frames_to_read=_FRAMES_AT_ONCE,
    )
    for samples in stream:
        yield samples.tobytes()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = convert(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(told))
