"""Two people at one flow, by hand: what can be merged is, the rest is chosen; and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.flows.drawing import graph, hangup, node
from tests.product.browser_hands import sign_in
from tests.product.conftest import Product

pytestmark = [pytest.mark.product, pytest.mark.browser]


@pytest.fixture
def opened(browser: Browser, product: Product) -> Iterator[Callable[[str], Page]]:
    """Return tabs of people who are signed in, each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def open_as(email: str) -> Page:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, base_url=product.url, locale="en-GB"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, email)
        return page

    yield open_as
    for context in contexts:
        context.close()


def make(product: Product, name: str) -> str:
    drawn = graph(
        node("a", "greeting", "Welcome", say="Hello."),
        node("b", "greeting", "Goodbye", say="Bye."),
        hangup("h"),
        ways="a.next>b b.next>h",
    )
    drawn["layout"] = {
        "a": {"x": 0, "y": 0},
        "b": {"x": 300, "y": 0},
        "h": {"x": 600, "y": 0},
    }
    answer = product.client().post("/api/v1/flows", json={"name": name, "graph": drawn})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def reword(page: Page, name: str, text: str) -> None:
    page.locator(".react-flow__node", has_text=name).locator("header").click()
    page.get_by_label("Text to say").fill(text)
    page.get_by_test_id("apply").click()


def says(product: Product, sid: str) -> dict[str, str]:
    draft = product.client().get(f"/api/v1/flows/{sid}").json()["draft"]["graph"]
    return {each["name"]: each["settings"].get("say", "") for each in draft["nodes"]}


def test_two_people_draw_one_flow(product: Product, opened: Callable[[str], Page]) -> None:
    sid = make(product, "Drawn by two")
    asha, ravi = opened("asha@acme.example"), opened("ravi@acme.example")
    for page in (asha, ravi):
        page.goto(f"/flows/{sid}/")
    reword(asha, "Welcome", "Namaste.")
    expect(asha.get_by_text(re.compile(r"^Saved")).first).to_be_visible()

    # Different applets: both stay, and Undo takes back one's own alone.
    reword(ravi, "Goodbye", "See you soon.")
    expect(ravi.get_by_text("changed this flow too")).to_be_visible()
    expect(ravi.locator(".react-flow__node", has_text="Namaste.")).to_be_visible()
    assert {"Namaste.", "See you soon."} <= set(says(product, sid).values())
    ravi.get_by_test_id("undo").click()
    expect(ravi.locator(".react-flow__node", has_text="Bye.")).to_be_visible()
    expect(ravi.locator(".react-flow__node", has_text="Namaste.")).to_be_visible()
    expect(ravi.get_by_text(re.compile(r"^Saved")).first).to_be_visible()

    # The same applet: side by side.
    reword(asha, "Goodbye", "Come again.")
    expect(asha.get_by_text(re.compile(r"^Saved")).first).to_be_visible()
    reword(ravi, "Goodbye", "Farewell.")
    conflict = ravi.get_by_test_id("conflict")
    expect(conflict).to_contain_text("Come again.")
    expect(conflict).to_contain_text("Farewell.")
    expect(ravi.get_by_test_id("settle")).to_be_disabled()
    ravi.get_by_label(re.compile("^Theirs")).check()
    ravi.get_by_test_id("settle").click()
    expect(conflict).to_have_count(0)
    expect(ravi.locator(".react-flow__node", has_text="Come again.")).to_be_visible()
    assert says(product, sid)["Goodbye"] == "Come again."


def test_a_version_is_published_and_taken_back(
    product: Product, opened: Callable[[str], Page]
) -> None:
    sid = make(product, "Back and forth")
    assert product.client().post(f"/api/v1/flows/{sid}/publish", json={}).status_code == 200
    asha = opened("asha@acme.example")
    asha.goto(f"/flows/{sid}/")
    reword(asha, "Welcome", "Namaste.")
    asha.get_by_test_id("publish").click()
    changes = asha.get_by_test_id("changes")
    expect(changes).to_contain_text("“Welcome”: Text to say changed from “Hello.” to “Namaste.”")
    asha.get_by_label("What changed").fill("Friendlier")
    asha.get_by_test_id("publish-confirm").click()
    expect(asha.get_by_text("Version 2 is live.")).to_be_visible()

    asha.get_by_role("link", name="Versions").click()
    expect(asha.get_by_text("Friendlier")).to_be_visible()
    asha.get_by_role("link", name="Version 1").click()
    asha.get_by_role("button", name="Publish again").click()
    asha.get_by_role("dialog").get_by_role("button", name="Publish again").click()
    expect(asha.get_by_text("Version 3 is live.")).to_be_visible()
    expect(asha.get_by_text("Back to version 1")).to_be_visible()
