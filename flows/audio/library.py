"""What people do with recordings: upload, find, rename, delete."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.audit import record
from accounts.caller import Caller
from accounts.models import Account, Role
from core.errors import NotFound
from core.tasks import enqueue_on_commit
from flows.audio import uses
from flows.audio.kind import kind_of
from flows.audio.limits import (
    LONGEST_NAME,
    MOST_BYTES,
    MOST_RECORDINGS,
    AudioEmpty,
    AudioInUse,
    AudioTooLarge,
    BadAudioName,
    TooManyRecordings,
)
from flows.audio.models import Audio
from flows.tasks import convert_audio

_HEAD = 4096
_MEGABYTE = 1024 * 1024


def audio_named(account: Account, sid: str) -> Audio:
    """Return a recording of the account's. Raises NotFound, also for those of others."""
    audio = Audio.objects.for_account(account).filter(sid=sid[:32]).first()
    if audio is None:
        raise NotFound(what="recording")
    return audio


def upload_audio(*, caller: Caller, upload: File[Any], name: str = "", now: datetime) -> Audio:
    """Take a recording in; a worker converts it.

    Raises NotAllowed, AudioEmpty, AudioTooLarge, NotAudio, TooManyRecordings, BadAudioName; nothing is
    kept then.
    """
    caller.require(Role.EDITOR, "upload recordings")
    _require_size(upload)
    kind = kind_of(upload.read(_HEAD))
    upload.seek(0)
    filename = _filename(upload.name or "")
    audio = Audio(
        account=caller.account,
        name=_checked_name(name or PurePosixPath(filename).stem[:LONGEST_NAME]),
        filename=filename,
        size=upload.size,
        created=now,
        created_by=caller.user,
        actor=caller.actor,
    )
    if Audio.objects.for_account(caller.account).count() >= MOST_RECORDINGS:
        raise TooManyRecordings(most=MOST_RECORDINGS)
    audio.original.save(f"{audio.sid}.{kind}", upload, save=False)
    try:
        with transaction.atomic():
            audio.save()
            record(
                caller=caller, action="audio.uploaded", target=audio.sid, at=now, name=audio.name
            )
            enqueue_on_commit(convert_audio)
    except BaseException:
        audio.original.storage.delete(audio.original.name or "")
        raise
    return audio


@transaction.atomic
def rename_audio(*, caller: Caller, audio: Audio, name: str, now: datetime) -> Audio:
    """Give a recording another name. Raises NotAllowed, BadAudioName."""
    caller.require(Role.EDITOR, "rename recordings")
    audio.name = _checked_name(name)
    audio.save(update_fields=["name"])
    record(caller=caller, action="audio.renamed", target=audio.sid, at=now, name=audio.name)
    return audio


@transaction.atomic
def delete_audio(*, caller: Caller, audio: Audio, now: datetime) -> None:
    """Delete a recording and both its files. Raises NotAllowed; AudioInUse while a flow plays it."""
    caller.require(Role.EDITOR, "delete recordings")
    found = uses.uses_of(caller.account, audio.sid)
    if found:
        names = list(dict.fromkeys(f"“{use.flow.name}”" for use in found))
        shown = ", ".join(names[:5]) + (" and others" if len(names) > 5 else "")
        play = "plays" if len(names) == 1 else "play"
        raise AudioInUse(flows=shown, play=play)
    record(caller=caller, action="audio.deleted", target=audio.sid, at=now, name=audio.name)
    storage, files = audio.original.storage, (audio.original.name, audio.converted.name)
    audio.delete()

    def delete_files() -> None:
        for name in files:
            if name:
                storage.delete(name)

    transaction.on_commit(delete_files)


def _require_size(upload: File[Any]) -> None:
    if not upload.size:
        raise AudioEmpty(field="file")
    if upload.size > MOST_BYTES:
        megabytes = f"{upload.size / _MEGABYTE:.1f}"
        raise AudioTooLarge(field="file", megabytes=megabytes, most=MOST_BYTES // _MEGABYTE)


def _filename(name: str) -> str:
    """Return the name people gave the file, without any folder and without control characters."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in plain if sign.isprintable())[:200] or "recording"


def _checked_name(name: str) -> str:
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadAudioName(longest=LONGEST_NAME)
    return name
