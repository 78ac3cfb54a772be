"""What a worker does with an upload. The row is the record (ADR 0002): it is leased, converted, and marked.

When a worker dies the lease runs out and another one begins again; after three times it is given up.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db.models import F, Q

from core.live import publish_on_commit
from flows.audio import convert
from flows.audio.limits import MOST_SECONDS
from flows.audio.models import Audio

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=60)
TRIES: Final = 3
_SECONDS: Final = 30
"""Longer than the converter may compute; then it is ended."""

_UNREADABLE: Final = (
    "The file is damaged, or not really an MP3, WAV, FLAC or Ogg Vorbis file. Save it anew as MP3 or"
    " WAV and upload that."
)
_PROBLEMS: Final = {
    "too_long": f"It is longer than {MOST_SECONDS} seconds. Cut it and upload it again.",
    "empty": "There is no sound in it.",
    "unreadable": _UNREADABLE,
}
Clock = Callable[[], datetime]
State = Audio.State


def convert_next(clock: Clock) -> bool:
    """Take one upload that waits and convert it; False when none waits."""
    audio = _claim(clock())
    if audio is None:
        return False
    if audio.attempts > TRIES:
        _finish(audio, state=State.FAILED, problem=_UNREADABLE)
        return True
    try:
        _convert(audio)
    except Exception:  # a bug or a full disk: tried again when the lease has run out
        logger.exception("audio.broke", extra={"audio": audio.sid})
    return True


def _claim(now: datetime) -> Audio | None:
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    waiting = Audio.objects.filter(free, state=State.CONVERTING).select_related("account")
    for audio in waiting.order_by("pk")[:10]:
        mine = Audio.objects.filter(pk=audio.pk, lease_until=audio.lease_until)
        if mine.update(lease_until=now + LEASE, attempts=F("attempts") + 1):
            audio.lease_until = now + LEASE
            audio.attempts += 1
            return audio
    return None


def _convert(audio: Audio) -> None:
    storage = audio.original.storage
    name = f"audio/converted/{audio.sid}.wav"
    target = Path(storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    told = _run(Path(audio.original.path), target)
    if "milliseconds" in told:
        _finish(audio, state=State.READY, converted=name, milliseconds=told["milliseconds"])
        return
    target.unlink(missing_ok=True)
    problem = _PROBLEMS.get(str(told.get("problem")), _UNREADABLE)
    _finish(audio, state=State.FAILED, problem=problem)


def _run(source: Path, target: Path) -> dict[str, Any]:
    """Convert in a process of its own, isolated from our code and environment."""
    command = [sys.executable, "-I", convert.__file__, str(source), str(target), str(MOST_SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own program; no word of the command is anybody's
            command, capture_output=True, timeout=_SECONDS, check=True, env={}
        )
    except subprocess.SubprocessError as error:
        logger.warning("audio.converter_ended", extra={"why": type(error).__name__})
        return {"problem": "unreadable"}
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _finish(audio: Audio, **news: Any) -> None:
    mine = Audio.objects.filter(pk=audio.pk, state=State.CONVERTING, lease_until=audio.lease_until)
    if not mine.update(lease_until=None, **news):
        # Deleted meanwhile, or another worker has it: nobody knows of the file we wrote.
        if news.get("converted") and not Audio.objects.filter(pk=audio.pk).exists():
            audio.original.storage.delete(news["converted"])
        return
    logger.info("audio.converted", extra={"audio": audio.sid, "state": news["state"]})
    publish_on_commit(audio.account.sid, {"type": "audio.updated", "sid": audio.sid})
