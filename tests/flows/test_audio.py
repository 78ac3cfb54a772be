"""Recordings: uploaded, converted by a worker, listened to by whoever has the address, deleted."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Account, AuditEvent, Role
from flows.audio import limits
from flows.audio.work import LEASE, TRIES, convert_next
from flows.models import Audio
from flows.tasks import convert_audio
from tests.calls.talking import read
from tests.flows.sounds import a_wav, flac_bytes, mp3_bytes, wav_bytes


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(api: Client, content: bytes, filename: str, status: int = 201, **more: str) -> Any:
    file = SimpleUploadedFile(filename, content)
    answer = api.post("/api/v1/audio", {"file": file, **more})
    assert answer.status_code == status, answer.content
    return answer.json()


def converted(api: Client, content: bytes, filename: str = "welcome.wav") -> Any:
    sid = upload(api, content, filename)["sid"]
    convert_audio()
    return read(api, f"audio/{sid}")


def sound_of(url: str) -> Any:
    """Return rate, channels, bytes per sample and number of samples."""
    answer = Client().get(url)
    assert answer.status_code == 200
    with wave.open(io.BytesIO(answer.content)) as sound:
        told = sound.getparams()
    return told.framerate, told.nchannels, told.sampwidth, told.nframes


def test_an_upload_waits_for_the_worker_and_is_then_ready(api: Client):
    waiting = upload(api, wav_bytes(1.5), "Welcome to Acme.wav")
    assert waiting["name"] == "Welcome to Acme"
    assert (waiting["state"], waiting["url"], waiting["seconds"]) == ("converting", None, None)
    convert_audio()
    ready = read(api, f"audio/{waiting['sid']}")
    assert (ready["state"], ready["seconds"], ready["problem"]) == ("ready", 1.5, None)
    assert ready["url"].endswith(ready["path"])
    assert ready["uses"] == []


@pytest.mark.parametrize(
    ("filename", "content", "seconds"),
    [
        ("hold.wav", wav_bytes(0.5, 44_100), 0.5),
        ("hold.wav", wav_bytes(0.5, 8_000, channels=1), 0.5),
        ("hold.mp3", mp3_bytes(), 1.0),
        ("hold.flac", flac_bytes(), 10.2),
        ("named.wrongly", mp3_bytes(), 1.0),
    ],
)
def test_telephones_get_8_khz_mono_whatever_was_uploaded(
    api: Client, filename: str, content: bytes, seconds: float
):
    *form, samples = sound_of(converted(api, content, filename)["path"])
    assert form == [8_000, 1, 2]
    assert samples / 8_000 == pytest.approx(seconds, abs=0.06)


def test_the_original_is_kept_as_it_was(api: Client):
    sid = converted(api, mp3_bytes(), "a.mp3")["sid"]
    answer = api.get(f"/api/v1/audio/{sid}/original")
    assert b"".join(answer) == mp3_bytes()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="a.mp3"'


@pytest.mark.parametrize(
    ("content", "filename", "code", "told"),
    [
        (b"", "a.wav", "audio.empty", "The file is empty."),
        (b"Dear caller, welcome.", "a.mp3", "audio.not_audio", "This is a text file, not audio"),
        (b"<html></html>", "a.wav", "audio.not_audio", "This is a text file"),
        (b"%PDF-1.7 \0", "a.mp3", "audio.not_audio", "This is a PDF"),
        (b"\0\0\0\x20ftypM4A ", "a.m4a", "audio.not_audio", "This is an M4A or MP4 file"),
        (b"\x1aE\xdf\xa3webm", "a.webm", "audio.not_audio", "This is a WebM"),
        (b"OggS" + bytes(24) + b"OpusHead", "a.ogg", "audio.not_audio", "an Opus recording"),
        (b"\x00\x01\x02\x03", "a.wav", "audio.not_audio", "a file of an unknown kind"),
        (wav_bytes(0.1) + bytes(limits.MOST_BYTES), "a.wav", "audio.too_large", "5 MB is the most"),
    ],
)
def test_what_is_no_recording_is_refused_at_once(
    api: Client, tmp_path: Path, content: bytes, filename: str, code: str, told: str
):
    error = upload(api, content, filename, 422)["error"]
    assert error["code"] == code
    assert told in error["message"]
    assert not Audio.objects.exists()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (wav_bytes(121, 8_000, channels=1), "longer than 120 seconds"),
        # Hours of silence in a few kilobytes: it is left off as soon as it is too long.
        (flac_bytes(blocks=10_000), "longer than 120 seconds"),
        (wav_bytes(0), "There is no sound in it."),
        (b"RIFF\x00\x10\x00\x00WAVEfmt " + bytes(2_000), "The file is damaged"),
        (b"\xff\xfb\x90\xc4" + b"no frame follows" * 100, "The file is damaged"),
        (b"fLaC" + bytes(5_000), "The file is damaged"),
    ],
)
def test_what_cannot_be_converted_says_why(api: Client, tmp_path: Path, content: bytes, told: str):
    failed = converted(api, content)
    assert (failed["state"], failed["url"]) == ("failed", None)
    assert told in failed["problem"]
    assert [file.name for file in (tmp_path / "audio" / "converted").rglob("*")] == []


def test_a_worker_that_died_is_followed_by_another(api: Client):
    sid = upload(api, wav_bytes(), "a.wav")["sid"]
    now = timezone.now()
    Audio.objects.filter(sid=sid).update(lease_until=now + LEASE, attempts=1)
    assert not convert_next(lambda: now)
    assert convert_next(lambda: now + LEASE + timedelta(seconds=1))
    assert read(api, f"audio/{sid}")["state"] == "ready"


def test_a_file_on_which_workers_die_is_given_up(api: Client):
    sid = upload(api, wav_bytes(), "a.wav")["sid"]
    Audio.objects.filter(sid=sid).update(attempts=TRIES)
    convert_audio()
    assert read(api, f"audio/{sid}")["state"] == "failed"


def test_whoever_has_the_address_may_listen_and_nobody_else(api: Client):
    audio = converted(api, wav_bytes())
    answer = Client().get(audio["path"])
    assert answer["Content-Type"] == "audio/wav"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Client().get(f"/audio/{audio['sid']}.wav").status_code == 404
    assert Client().get("/audio/23456789bcdfghjkmnpqrstvwxz23456.wav").status_code == 404
    assert Client().post(audio["path"]).status_code == 405


@pytest.mark.parametrize(
    ("asked", "status", "start", "length", "told"),
    [
        ("bytes=0-99", 206, 0, 100, "bytes 0-99/8044"),
        ("bytes=8000-", 206, 8_000, 44, "bytes 8000-8043/8044"),
        ("bytes=-44", 206, 8_000, 44, "bytes 8000-8043/8044"),
        ("bytes=0-99999", 206, 0, 8_044, "bytes 0-8043/8044"),
        ("bytes=9000-", 416, 0, 0, "bytes */8044"),
        ("bytes=5-1", 416, 0, 0, "bytes */8044"),
        ("bytes=-0", 416, 0, 0, "bytes */8044"),
        ("bytes=-", 200, 0, 8_044, None),
        ("bytes=0-1,5-9", 200, 0, 8_044, None),
        ("lines=1-2", 200, 0, 8_044, None),
    ],
)
def test_players_may_ask_for_a_part(
    api: Client, asked: str, status: int, start: int, length: int, told: str | None
):
    path = converted(api, wav_bytes())["path"]
    whole = Client().get(path).content
    answer = Client().get(path, headers={"range": asked})
    assert answer.status_code == status
    assert answer.content == whole[start : start + length]
    assert answer.get("Content-Range") == told


def test_a_recording_gets_another_name(api: Client):
    audio = converted(api, wav_bytes())
    answer = api.patch(
        f"/api/v1/audio/{audio['sid']}",
        {"name": "  Main   greeting "},
        content_type="application/json",
    )
    assert answer.json()["name"] == "Main greeting"
    empty = api.patch(
        f"/api/v1/audio/{audio['sid']}", {"name": "  "}, content_type="application/json"
    )
    assert empty.json()["error"]["code"] == "audio.bad_name"


def test_deleting_takes_both_files_along(
    api: Client, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., Any]
):
    audio = converted(api, wav_bytes())
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert api.delete(f"/api/v1/audio/{audio['sid']}").status_code == 204
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
    assert Client().get(audio["path"]).status_code == 404
    read(api, f"audio/{audio['sid']}", 404)
    done = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(done) == ["audio.uploaded", "audio.deleted"]


def test_an_account_has_so_many_recordings_and_no_more(api: Client, monkeypatch: Any):
    monkeypatch.setattr("flows.audio.library.MOST_RECORDINGS", 1)
    upload(api, wav_bytes(), "a.wav")
    assert upload(api, wav_bytes(), "b.wav", 422)["error"]["code"] == "audio.too_many"


def test_the_list_is_newest_first_and_the_accounts_own(
    api: Client, other_account: Account, api_of: Callable[..., Client]
):
    for name in ("first", "second"):
        upload(api, wav_bytes(), "a.wav", name=name)
    upload(api_of(other_account), wav_bytes(), "theirs.wav")
    listed = read(api, "audio")
    assert [row["name"] for row in listed["audio"]] == ["second", "first"]
    assert listed["next"] is None


def test_a_viewer_listens_but_uploads_nothing(account: Account, api_of: Callable[..., Client]):
    viewer = api_of(account, Role.VIEWER)
    assert viewer.get("/api/v1/audio").status_code == 200
    assert viewer.post("/api/v1/audio", {"file": a_wav()}).status_code == 403
