"""The publish gate by hand: editors are told whom to ask, admins take it on; a suspension shows at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.product.browser_hands import sign_in
from tests.product.conftest import Product

pytestmark = [pytest.mark.product, pytest.mark.browser]

FLOWS = Path(__file__).resolve().parents[2] / "flowbuilder" / "demo" / "flows"
REASON = "The operator approves the new text today"


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


def missed_call() -> dict[str, Any]:
    """The demo's own flow, as it may be published."""
    for file in FLOWS.glob("*.json"):
        made: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if made["name"] == "Missed call alert":
            graph: dict[str, Any] = made["graph"]
            return graph
    raise AssertionError("The demo has no such flow.")


def message_of(graph: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = next(node for node in graph["nodes"] if node["type"] == "sms")
    return message


def make(product: Product, name: str, graph: dict[str, Any]) -> str:
    answer = product.client().post("/api/v1/flows", json={"name": name, "graph": graph})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_an_admin_publishes_what_an_editor_may_not(
    product: Product, opened: Callable[[str], Page]
) -> None:
    graph = missed_call()
    message_of(graph)["settings"]["body"] += "!"
    sid = make(product, "Not yet approved", graph)

    asha = opened("asha@acme.example")
    asha.goto(f"/flows/{sid}/")
    asha.get_by_test_id("publish").click()
    expect(asha.get_by_test_id("ask-an-admin")).to_contain_text("Ravi Menon")
    expect(asha.get_by_test_id("publish-anyway")).to_have_count(0)
    expect(asha.get_by_test_id("publish-confirm")).to_be_disabled()

    ravi = opened("ravi@acme.example")
    ravi.goto(f"/flows/{sid}/")
    take_it_on(ravi)
    badge = ravi.get_by_test_id("live-badge")
    expect(badge).to_contain_text("Live: version 1 · 1 problem")
    badge.click()
    expect(ravi.get_by_test_id("override")).to_have_text(
        re.compile(f"Published by Ravi Menon despite 1 problem: “{REASON}”")
    )
    ravi.goto("/flows/?q=Not+yet+approved")
    expect(ravi.get_by_role("article")).to_contain_text(REASON)
    ravi.goto("/settings/audit/?q=published_anyway")
    expect(ravi.get_by_role("main")).to_contain_text(REASON)


def take_it_on(page: Page) -> None:
    """Publish despite the text, which takes a reason of some words."""
    page.get_by_test_id("publish").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_test_id("issue")).to_have_attribute("data-code", "dlt.template_mismatch")
    expect(dialog.get_by_test_id("publish-confirm")).to_be_disabled()
    dialog.get_by_text("Publish anyway", exact=True).click()
    expect(dialog).to_contain_text("This message will be refused when calls run")
    reason = dialog.get_by_label("Why it is published all the same")
    reason.fill("Because")
    expect(dialog.get_by_test_id("override-confirm")).to_be_disabled()
    reason.fill(REASON)
    dialog.get_by_test_id("override-confirm").click()


def test_a_suspension_shows_in_the_open_builder_and_at_the_admin_s_bell(
    product: Product, opened: Callable[[str], Page]
) -> None:
    graph = missed_call()
    settings = message_of(graph)["settings"]
    settings["dlt_template_id"] = "1107166412093381175"
    settings["body"] = (
        "Thank you for your feedback, ticket {CallRef}. It helps us serve you better. - ACMECO"
    )
    sid = make(product, "Suspended later", graph)
    admin = product.client("admin")
    published = admin.post(f"/api/v1/flows/{sid}/publish", json={})
    assert published.status_code == 200, published.text

    asha = opened("asha@acme.example")
    asha.goto(f"/flows/{sid}/")
    expect(asha.get_by_test_id("live-badge")).to_have_text("Live: version 1")
    ravi = opened("ravi@acme.example")
    ravi.goto("/calls/")
    bell = ravi.get_by_role("navigation", name="Main", exact=True).get_by_role(
        "link", name="Notices"
    )
    before = bell.inner_text()

    decide(ravi, "suspend", "Complaints of receivers")
    expect(asha.get_by_test_id("live-badge")).to_contain_text("1 problem")
    expect(asha.get_by_test_id("toast")).to_contain_text("can no longer be sent")
    expect(bell).not_to_have_text(before)
    bell.click()
    notice = ravi.get_by_role("listitem").filter(has_text="Survey thank you").first
    expect(notice).to_contain_text("“Suspended later”")
    notice.get_by_role("button", name="Mark as read").click()
    expect(notice.get_by_role("button")).to_have_count(0)

    decide(ravi, "reinstate", "")
    expect(asha.get_by_test_id("live-badge")).to_have_text("Live: version 1")


def decide(page: Page, verb: str, reason: str) -> None:
    """Press the button of the template's page, without leaving the page that is open."""
    done = page.evaluate(
        """async ([verb, reason]) => {
          const found = await (await fetch("/api/v1/dlt/templates/1107166412093381175")).json();
          const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
          const body = new URLSearchParams({ reason, csrfmiddlewaretoken: token });
          const address = `/dlt/templates/${found.id}/${verb}/`;
          return (await fetch(address, { method: "POST", body })).status;
        }""",
        [verb, reason],
    )
    assert done == 200
