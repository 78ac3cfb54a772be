"""Every page, light and dark, on a desk and on a phone: usable by everybody, nothing sticking out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.product.browser_hands import sign_in
from tests.product.conftest import Product

pytestmark = [pytest.mark.product, pytest.mark.browser]

PAGES = [
    *("/flows/", "/calls/", "/reports/sms/", "/approvals/", "/notices/"),
    *("/dlt/templates/", "/dlt/headers/", "/dlt/entities/", "/dlt/templates/new/"),
    *("/dlt/telemarketers/", "/dlt/chains/", "/dlt/ctas/", "/dlt/consents/", "/dlt/settings/"),
    *(
        "/dlt/chains/new/",
        "/dlt/ctas/new/",
        "/dlt/headers/1/",
        "/dlt/chains/1/",
        "/dlt/templates/1/",
    ),
    *("/settings/members/", "/settings/keys/", "/settings/balance/", "/api/v1/docs/"),
    *("flow", "call", "message", "refused message"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, product: Product) -> Iterator[Page]:
    """An admin's tab; an error of the page fails the test."""
    context = browser.new_context(base_url=product.url, color_scheme=request.param)
    opened = context.new_page()
    sign_in(opened, "ravi@acme.example")
    yield opened
    context.close()


@pytest.fixture(scope="module")
def addresses(product: Product) -> dict[str, str]:
    """Return where an example of each kind is shown."""
    client = product.client()
    flow = product.flow(client, "Missed call alert")
    call = client.get("/api/v1/calls").json()["calls"][0]["sid"]
    message = client.get("/api/v1/sms").json()["messages"][0]["sid"]
    wrong = {"to": "+919876543210", "text": "Nothing that anybody approved"}
    refused = client.post("/api/v1/sms", json=wrong).json()["sid"]
    return {
        "flow": f"/flows/{flow}/",
        "call": f"/calls/{call}/",
        "message": f"/reports/sms/{message}/",
        "refused message": f"/reports/sms/{refused}/",
    }


@pytest.mark.parametrize("where", PAGES)
def test_a_page_has_no_barriers_and_fits_its_screen(
    page: Page, addresses: dict[str, str], where: str
):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict of the same two keys
        answer = page.goto(addresses.get(where, where))
        assert answer
        assert answer.status == 200, answer.status
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert errors == []
