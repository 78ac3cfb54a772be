"""Saved test calls by hand: a call in the builder becomes a test, which stops a draft that breaks it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.product.conftest import Product
from tests.product.test_browser_gate import make, missed_call, opened

__all__ = ["opened"]  # the fixture of tabs in which people are signed in

pytestmark = [pytest.mark.product, pytest.mark.browser]


def call_nobody_answers(page: Page) -> None:
    page.get_by_test_id("test-call").click()
    page.get_by_test_id("mute").click()
    page.get_by_test_id("call").click()
    page.get_by_role("complementary", name="Test call").get_by_role(
        "button", name="No answer"
    ).click()


def test_a_test_call_is_kept_covers_ports_and_stops_what_breaks_it(
    product: Product, opened: Callable[[str], Page]
) -> None:
    graph = missed_call()
    sid = make(product, "Kept calls", graph)
    asha = opened("asha@acme.example")
    asha.goto(f"/flows/{sid}/")
    call_nobody_answers(asha)
    asha.get_by_label("Keep this call as a test").fill("Nobody answers")
    asha.get_by_test_id("save-as-test").click()
    expect(asha.get_by_test_id("test-saved")).to_contain_text("Saved as “Nobody answers”")
    asha.get_by_test_id("run-tests").click()
    expect(asha.get_by_test_id("tests-passed")).to_have_text("1 test call passed")
    asha.get_by_test_id("test-coverage").click()
    expect(asha.get_by_text("No test takes it")).to_have_count(3)
    expect(asha.get_by_text("A test takes it")).to_have_count(3)

    # The page edits it in a form: the call is busy now, so it fails in words.
    asha.goto(f"/flows/{sid}/tests/")
    asha.get_by_role("link", name="Nobody answers").click()
    asha.get_by_label("Who is rung").select_option("busy")
    asha.get_by_test_id("try").click()
    expect(asha.get_by_test_id("outcome").first).to_contain_text("went “Support desk → Busy”")
    asha.get_by_role("button", name="Save").click()

    asha.goto(f"/flows/{sid}/")
    asha.get_by_test_id("publish").click()
    expect(asha.get_by_test_id("test-results")).to_contain_text("went “Support desk → Busy”")
    expect(asha.get_by_test_id("publish-confirm")).to_be_disabled()
    expect(asha.get_by_test_id("ask-an-admin")).to_contain_text("Ravi Menon")
