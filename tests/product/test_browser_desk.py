"""The approval desk by keyboard alone, and what another admin decides meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.product.browser_hands import sign_in
from tests.product.conftest import Product

pytestmark = [pytest.mark.product, pytest.mark.browser]

PE_ID = "1101458270000012345"
FINE = "{}: your Acme order {{#numeric#}} was shipped today. Thank you for shopping. - ACMECO"
BAD = "{}: your Acme order {{#Var#}} was shipped today, number {{#numeric#}}. - ACMECO"


def submit(client: httpx.Client, name: str, text: str = FINE) -> str:
    """Submit a template; its id is made of its name."""
    template_id = f"1107{int.from_bytes(name.encode()) % 10**15:015d}"
    row = {
        "template_id": template_id,
        "entity": PE_ID,
        "headers": ["ACMECO"],
        "name": name,
        "text": text.format(name),
    }
    answer = client.post("/api/v1/dlt/templates", json=row)
    assert answer.status_code == 201, answer.text
    return template_id


def decide(product: Product, template_id: str) -> None:
    """Let another admin approve a template."""
    product.client("admin", "checker").post(f"/api/v1/dlt/templates/{template_id}/approve")


def state(client: httpx.Client, template_id: str) -> str:
    return str(client.get(f"/api/v1/dlt/templates/{template_id}").json()["state"])


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    """An admin's tab; an error of the page fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=product.url)
    context.set_default_timeout(15_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    sign_in(opened, "ravi@acme.example")
    yield opened
    context.close()
    assert errors == []


def shown(page: Page) -> Locator:
    return page.locator("#review-title")


def row(page: Page, name: str) -> Locator:
    return page.locator("#queue li").filter(has_text=re.compile(rf"{name}\b"))


def test_an_admin_decides_by_keyboard(page: Page, product: Product):
    client = product.client()
    ids = {number: submit(client, f"Walk {number}") for number in (1, 2, 3)}
    page.goto("/approvals/?q=Walk")
    expect(page.locator("[data-live-badge]")).to_have_text("Live")
    expect(shown(page)).to_have_text("Walk 1")

    page.keyboard.press("j")
    expect(shown(page)).to_have_text("Walk 2")
    expect(row(page, "Walk 2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("k")
    expect(shown(page)).to_have_text("Walk 1")

    page.keyboard.press("a")
    expect(shown(page)).to_have_text("Walk 2")
    expect(row(page, "Walk 1")).to_have_count(0)
    assert state(client, ids[1]) == "approved"

    page.keyboard.press("u")
    expect(shown(page)).to_have_text("Walk 1")
    expect(row(page, "Walk 1")).to_be_visible()
    assert state(client, ids[1]) == "pending"
    for number in (1, 2, 3):
        decide(product, ids[number])


def test_a_reason_is_chosen_by_its_number(page: Page, product: Product):
    client = product.client()
    first, second = submit(client, "Refuse 1"), submit(client, "Refuse 2")
    page.goto("/approvals/?q=Refuse")
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(shown(page)).to_have_text("Refuse 2")
    refused = client.get(f"/api/v1/dlt/templates/{first}").json()
    assert refused["state"] == "rejected"
    assert "brand name" in refused["reason"]

    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    expect(dialog).to_contain_text("take back your last decision")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("Refuse 2")
    page.keyboard.press("Enter")
    expect(shown(page)).to_have_text("Refuse 2")
    decide(product, second)


def test_many_are_approved_at_once_after_a_look(page: Page, product: Product):
    client = product.client()
    fine = [submit(client, name) for name in ("Batch 1", "Batch 2")]
    bad = submit(client, "Batch 3", BAD)
    page.goto("/approvals/?q=Batch")
    expect(shown(page)).to_have_text("Batch 1")
    page.keyboard.press("x")
    expect(row(page, "Batch 1").get_by_role("checkbox")).to_be_checked()
    page.get_by_role("link", name="Select all without errors").press("Enter")
    expect(row(page, "Batch 2").get_by_role("checkbox")).to_be_checked()
    expect(row(page, "Batch 3").get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="Approve selected (2)").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Batch 2")
    page.keyboard.press("Enter")
    results = page.get_by_label("Result of the last approval")
    expect(results).to_contain_text("Batch 1")
    expect(results).to_contain_text("is approved")
    expect(shown(page)).to_have_text("Batch 3")
    assert [state(client, template_id) for template_id in (*fine, bad)] == [
        "approved", "approved", "pending",
    ]  # fmt: skip
    decide(product, bad)


def test_what_another_admin_decides_leaves_the_queue_at_once(page: Page, product: Product):
    client = product.client()
    ids = {number: submit(client, f"Other {number}") for number in (1, 2, 3)}
    page.goto("/approvals/?kind=template&q=Other")
    page.keyboard.press("j")
    expect(shown(page)).to_have_text("Other 2")
    expect(page.locator("[data-live-badge]")).to_have_text("Live")

    decide(product, ids[1])
    expect(row(page, "Other 1")).to_have_count(0)
    expect(shown(page)).to_have_text("Other 2")
    expect(row(page, "Other 2")).to_have_attribute("aria-current", "true")

    decide(product, ids[2])
    expect(row(page, "Other 2")).to_have_count(0)
    expect(page.locator("#record")).to_contain_text("This record does not wait any more")
    page.keyboard.press("j")
    expect(shown(page)).to_have_text("Other 3")
    decide(product, ids[3])
    expect(page.locator("#queue")).to_contain_text("Nothing in the queue fits")
