"""The whole job by hand, in a real browser: draw, wire, fill, publish, call, watch the report."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.product.conftest import PASSWORD, Product

pytestmark = [pytest.mark.product, pytest.mark.browser]

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
MISSED = (
    "We missed your call to Acme Retail. We will call you back soon. Ref {CallRef} - ACMECO"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport={"width": 1440, "height": 900}, base_url=product.url, locale="en-GB"
    )
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A signed-in business user's tab; errors of the page fail the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console", lambda line: errors.append(line.text) if line.type == "error" else None
    )
    sign_in(opened, "asha@acme.example")
    yield opened
    assert errors == []


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/flows/"))


def middle(what: Locator) -> tuple[float, float]:
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=6)
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def node(page: Page, applet: str) -> Locator:
    return page.locator(f'.react-flow__node:has([data-applet="{applet}"])')


def drop(page: Page, applet: str, x: float, y: float) -> None:
    """Drag an applet from the palette to a place on the canvas."""
    drag(page, middle(page.get_by_test_id(f"palette-{applet}")), (x, y))
    expect(node(page, applet)).to_be_visible()


def wire(page: Page, start: str, port: str, end: str) -> None:
    """Draw a connection from a port to an applet."""
    handle = node(page, start).locator(f'[data-handleid="{port}"].source')
    target = node(page, end).locator(".react-flow__handle.target")
    drag(page, middle(handle), middle(target))
    expect(handle).to_have_class(re.compile("on|connected"))


def test_a_business_user_draws_publishes_calls_and_sees_the_report(page: Page):
    page.goto("/flows/")
    page.get_by_role("button", name="New flow").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Drawn by hand")
    dialog.get_by_role("button", name="Create").click()
    page.wait_for_url(re.compile(r"/flows/flw\w+/"))

    drop(page, "greeting", 330, 150)
    page.get_by_label("Text").first.fill("Welcome to Acme.")
    page.get_by_test_id("apply").click()
    drop(page, "connect", 620, 150)
    drop(page, "sms", 900, 380)
    drop(page, "hangup", 330, 520)
    wire(page, "greeting", "next", "connect")
    wire(page, "connect", "no_answer", "sms")
    wire(page, "sms", "next", "hangup")

    page.screenshot(path=os.environ.get("SHOT", "/dev/null.png")) if "SHOT" in os.environ else None
