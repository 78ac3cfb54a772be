"""The page of recordings: upload, listen, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from flows.models import Audio
from flows.tasks import convert_audio
from tests.calls.talking import make_flow
from tests.flows.drawing import graph, node
from tests.flows.sounds import a_wav

PAGE = "/settings/recordings/"


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser(client_of: Callable[[User], Client], editor: User) -> Client:
    return client_of(editor)


def shown(browser: Client, path: str = PAGE, **form: object) -> str:
    answer = browser.post(path, form, follow=True) if form else browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_recording_is_uploaded_and_can_be_listened_to(browser: Client):
    assert "No recordings yet" in shown(browser)
    page = shown(browser, file=a_wav("Welcome.wav"))
    assert "“Welcome” was uploaded." in page
    assert "Being converted" in page
    assert "hx-trigger" in page
    convert_audio()
    page = shown(browser)
    assert f'src="{Audio.objects.get().path}"' in page
    assert "0.5 s" in page
    assert "hx-trigger" not in page


def test_what_cannot_be_used_says_why(browser: Client):
    page = shown(browser, file=SimpleUploadedFile("a.mp3", b"Dear caller"))
    assert "This is a text file, not audio we read." in page
    assert "Choose a file." in shown(browser, name="Nothing chosen")
    shown(browser, file=a_wav(seconds=0))
    convert_audio()
    assert "There is no sound in it." in shown(browser)


def test_a_recording_is_renamed_and_deleted(browser: Client):
    shown(browser, file=a_wav())
    sid = Audio.objects.get().sid
    assert "now called “Night”" in shown(browser, f"{PAGE}{sid}/rename/", name="Night")
    assert "Give the recording a name" in shown(browser, f"{PAGE}{sid}/rename/", name=" ")
    assert "“Night” was deleted." in shown(browser, f"{PAGE}{sid}/delete/", sure="yes")
    assert browser.post(f"{PAGE}{sid}/delete/").status_code == 404


def test_a_recording_that_a_flow_plays_stays(browser: Client, api: Client):
    shown(browser, file=a_wav())
    sid = Audio.objects.get().sid
    make_flow(api, graph(node("n1", "greeting", source="audio", audio=sid)), "Front desk")
    assert "“Front desk” plays this recording." in shown(
        browser, f"{PAGE}{sid}/delete/", sure="yes"
    )
    assert Audio.objects.exists()


def test_a_viewer_only_listens(client_of: Callable[[User], Client], viewer: User, browser: Client):
    shown(browser, file=a_wav())
    looking = client_of(viewer)
    page = shown(looking)
    assert "Upload a recording" not in page
    assert "Rename" not in page
    assert looking.post(PAGE, {"file": a_wav()}).status_code == 403
