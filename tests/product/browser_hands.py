"""What a hand does on the canvas: drag, drop, wire, look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from flowbuilder.demo.people import PASSWORD


def middle(what: Locator) -> tuple[float, float]:
    """Return the centre of something on the page, in pixels."""
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@dataclass(frozen=True)
class Canvas:
    """A flow open in the builder."""

    page: Page

    def node(self, applet: str) -> Locator:
        return self.page.locator(f'.react-flow__node[data-applet="{applet}"]')

    def _drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=6)
        mouse.move(*end, steps=6)
        mouse.up()

    def drop(self, applet: str, x: float, y: float) -> None:
        """Drag an applet from the palette to a place on the canvas."""
        self._drag(middle(self.page.get_by_test_id(f"palette-{applet}")), (x, y))
        expect(self.node(applet)).to_be_visible()

    def port(self, applet: str, port: str) -> Locator:
        return self.node(applet).locator(f'.source[data-handleid="{port}"]')

    def wire(self, applet: str, port: str, end: str) -> None:
        """Draw a connection from an output to an applet."""
        self._drag(middle(self.port(applet, port)), middle(self.node(end).locator(".target")))
        expect(self.port(applet, port)).to_have_class(re.compile(r"\bon\b"))

    def pull(self, applet: str, end: str) -> None:
        """Take the wire that arrives at an applet by its end, and lead it to another."""
        self._drag(*(middle(self.node(name).locator(".target")) for name in (applet, end)))

    def open(self, applet: str) -> None:
        """Click an applet, so that its settings are shown."""
        self.node(applet).locator("header").click()
        expect(self.page.get_by_test_id("apply")).to_be_visible()

    def apply(self) -> None:
        self.page.get_by_test_id("apply").click()
        expect(self.page.get_by_test_id("apply")).to_be_disabled()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/flows/"))
