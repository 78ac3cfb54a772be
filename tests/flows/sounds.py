"""Small recordings, written as their formats say."""

from __future__ import annotations

import io
import math
import struct
import wave

from django.core.files.uploadedfile import SimpleUploadedFile


def wav_bytes(seconds: float = 0.5, rate: int = 16_000, channels: int = 2) -> bytes:
    """Return a tone as 16-bit WAV."""
    tone = [int(9_000 * math.sin(0.2 * n)) for n in range(int(seconds * rate))]
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", sample) * channels for sample in tone))
    return buffer.getvalue()


def mp3_bytes(frames: int = 40) -> bytes:
    """Return silence as MPEG-1 layer III, 128 kbit/s, 44.1 kHz mono: frames of 417 bytes, all zero but
    for the header."""
    return (b"\xff\xfb\x90\xc4" + bytes(413)) * frames


def flac_bytes(blocks: int = 20, size: int = 4_096, rate: int = 8_000) -> bytes:
    """Return silence as FLAC: blocks of one constant value each, so hours take a few kilobytes."""
    info = struct.pack(">HH", size, size) + bytes(6)
    info += ((rate << 44) | (15 << 36) | (blocks * size)).to_bytes(8, "big") + bytes(16)
    head = b"fLaC" + b"\x80" + len(info).to_bytes(3, "big") + info
    return head + b"".join(_flac_block(number, size) for number in range(blocks))


def _flac_block(number: int, size: int) -> bytes:
    # Sync and fixed size; 4,096 samples, rate of the head; mono, 16 bits.
    header = b"\xff\xf8" + bytes([{4_096: 0xC0}[size], 0x08]) + chr(number).encode("utf-8")
    header += bytes([_crc(header, 8, 0x07)])
    block = header + b"\x00" + b"\x00\x00"  # one constant subframe with the value 0
    return block + _crc(block, 16, 0x8005).to_bytes(2, "big")


def _crc(data: bytes, bits: int, polynomial: int) -> int:
    value, top, mask = 0, 1 << (bits - 1), (1 << bits) - 1
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = ((value << 1) ^ polynomial if value & top else value << 1) & mask
    return value


def a_wav(name: str = "welcome.wav", **sound: float) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, wav_bytes(**sound), "audio/wav")  # type: ignore[arg-type]
