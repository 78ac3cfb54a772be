"""Recordings and the telephone on the page, by hand: upload, listen, press digits, leave a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows.drawing import graph, hangup, menu, node
from tests.flows.sounds import wav_bytes
from tests.product.browser_hands import Canvas, sign_in
from tests.product.conftest import Product

pytestmark = [pytest.mark.product, pytest.mark.browser]


def reception() -> dict[str, Any]:
    return graph(
        node("n1", "greeting", "Welcome", source="audio", interruptible=True),
        menu("n2", "101", "202", max_digits=3),
        node("n3", "gather", "Order", prompt="Your order number?", variable="order_number"),
        node("n4", "voicemail", "Message", prompt="Leave a message."),
        hangup("n5"),
        ways="n1.next>n2 n2.101>n3 n2.202>n5 n2.no_input>n5 n2.no_match>n5 n3.next>n4"
        " n3.no_input>n5 n4.next>n5 n4.no_message>n5",
    )


@pytest.fixture
def opened(browser: Browser, product: Product) -> Iterator[Callable[[str], Page]]:
    """Return a tab of somebody who is signed in."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, base_url=product.url, locale="en-GB"
    )
    context.set_default_timeout(15_000)

    def open_as(email: str) -> Page:
        page = context.new_page()
        sign_in(page, email)
        return page

    yield open_as
    context.close()


@pytest.fixture
def flow(product: Product) -> str:
    body = {"name": "Reception", "graph": reception()}
    answer = product.client().post("/api/v1/flows", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_recording_is_uploaded_heard_and_interrupted(
    opened: Callable[[str], Page], flow: str, tmp_path: Path
):
    page = opened("asha@acme.example")
    page.goto(f"/flows/{flow}/")
    Canvas(page).open("greeting")
    text = tmp_path / "letter.mp3"
    text.write_text("Dear caller", encoding="utf-8")
    page.get_by_test_id("audio-file").set_input_files(text)
    expect(page.get_by_text("This is a text file, not audio we read.")).to_be_visible()
    sound = tmp_path / "Welcome to Acme.wav"
    sound.write_bytes(wav_bytes(8.0))
    page.get_by_test_id("audio-file").set_input_files(sound)
    expect(page.get_by_label("Listen to Welcome to Acme")).to_be_visible()
    expect(page.get_by_role("combobox", name="Recording")).to_contain_text("Welcome to Acme (0:08)")
    Canvas(page).apply()

    page.get_by_test_id("test-call").click()
    page.get_by_test_id("call").click()
    transcript = page.get_by_test_id("transcript")
    expect(transcript).to_contain_text("♪ Recording")
    # The greeting lasts eight seconds; a key ends it and counts for the menu.
    page.get_by_test_id("keypad-1").click()
    page.keyboard.press("0")
    page.keyboard.press("1")
    expect(transcript).to_contain_text("Pressed 101")
    expect(transcript).to_contain_text("Your order number?")
    for key in "4711#":
        page.keyboard.press(key)
    expect(transcript).to_contain_text("Pressed 4711")
    page.get_by_label("Speak for (seconds)").fill("12")
    page.get_by_test_id("leave-message").click()
    expect(page.get_by_test_id("steps")).to_contain_text("Message left")


def test_recordings_are_renamed_and_deleted_on_their_page(
    opened: Callable[[str], Page], product: Product
):
    files = {"file": ("Night.wav", wav_bytes())}
    assert product.client().post("/api/v1/audio", files=files).status_code == 201
    page = opened("asha@acme.example")
    page.goto("/settings/recordings/")
    expect(page.get_by_label("Listen to Night")).to_be_visible()
    page.get_by_role("button", name="Rename Night").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Closed")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.get_by_text("The recording is now called “Closed”.")).to_be_visible()
    page.get_by_role("button", name="Delete Closed").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("“Closed” was deleted.")).to_be_visible()
