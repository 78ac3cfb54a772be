"""The whole job by hand, in a real browser: draw, wire, fill, publish, call, watch the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.product.browser_hands import Canvas, sign_in
from tests.product.conftest import Product

pytestmark = [pytest.mark.product, pytest.mark.browser]

MISSED = "We missed your call to Acme Retail. We will call you back soon. Ref {CallRef} - ACMECO"
# Keeps each state the row of the flow drawn here shows, in the order it shows them.
WALK = ["Created", "Pending", "Sent", "Delivered"]
NOTE_WHAT_THE_FIRST_ROW_SAYS = """() => {
  window.walked = [];
  new MutationObserver(() => {
    const row = document.querySelector("table.messages tbody tr");
    const says = row?.querySelector("[data-badge]")?.textContent?.trim();
    const mine = row?.textContent?.includes("Drawn by hand");
    if (mine && says && says !== window.walked.at(-1)) window.walked.push(says);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
SECONDS_TO_DELIVER = 15_000  # milliseconds, as Playwright counts


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
    """A signed-in business user's tab; an error of the page fails the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda line: (
            errors.append(f"{line.text} {line.location}") if line.type == "error" else None
        ),
    )
    sign_in(opened, "asha@acme.example")
    yield opened
    assert errors == []


def new_flow(page: Page, name: str) -> Canvas:
    page.goto("/flows/")
    page.get_by_role("button", name="New flow").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("radio", name="Blank").check()
    dialog.get_by_role("button", name="Create").click()
    page.wait_for_url(re.compile(r"/flows/flw\w+/"))
    return Canvas(page)


def draw(canvas: Canvas) -> None:
    """Drag the six applets out of the palette."""
    canvas.drop("greeting", 370, 130)
    canvas.drop("ivr", 640, 150)
    canvas.drop("connect", 920, 130)
    canvas.drop("sms", 920, 430)
    canvas.drop("passthru", 640, 500)
    canvas.drop("hangup", 370, 480)


def fill(canvas: Canvas, body: str) -> None:
    page = canvas.page
    canvas.open("greeting")
    page.get_by_label("Text to say").fill("Welcome to Acme.")
    canvas.apply()
    canvas.open("ivr")
    page.get_by_role("textbox", name="Prompt", exact=True).fill("Press 1 for sales.")
    page.get_by_role("button", name="Add a key").click()
    canvas.apply()
    canvas.open("connect")
    page.get_by_label("Numbers to ring 1").fill("+919812345678")
    canvas.apply()
    canvas.open("passthru")
    page.get_by_label("Address to ask").fill("http://bookings.demo.test/demo/survey")
    canvas.apply()
    canvas.open("sms")
    page.get_by_label("DLT Template ID").fill("1107166184021950037")
    page.get_by_label("DLT Entity ID").fill("1101458270000012345")
    page.get_by_label("Sender ID").fill("ACMECO")
    page.keyboard.press("Escape")
    page.get_by_test_id("free-text").click()
    page.get_by_label("Message body").fill(body)


def wire(canvas: Canvas) -> None:
    """Draw every connection."""
    canvas.wire("greeting", "next", "ivr")
    canvas.wire("ivr", "1", "connect")
    canvas.wire("ivr", "no_input", "hangup")
    canvas.wire("ivr", "no_match", "hangup")
    for port in ("no_answer", "busy", "failed"):
        canvas.wire("connect", port, "sms")
    canvas.wire("connect", "answered", "passthru")
    canvas.wire("sms", "next", "hangup")
    for port in ("ok", "other", "error"):
        canvas.wire("passthru", port, "hangup")


def publish(page: Page) -> None:
    page.get_by_test_id("publish").click()
    page.get_by_test_id("publish-confirm").click()
    expect(page.get_by_test_id("live-badge")).to_contain_text("Live: version 1")


def call_until_the_agent_rings(page: Page) -> None:
    page.get_by_test_id("test-call").click()
    page.get_by_test_id("call").click()
    expect(page.get_by_test_id("transcript")).to_contain_text("Welcome to Acme.")
    page.get_by_test_id("keypad-1").click()
    expect(page.get_by_test_id("agent-no-answer")).to_be_enabled()


def test_a_business_user_draws_publishes_calls_and_sees_the_report(
    page: Page, context: BrowserContext
):
    canvas = new_flow(page, "Drawn by hand")
    draw(canvas)
    fill(canvas, MISSED)
    expect(page.get_by_test_id("dlt-match")).to_be_visible()
    canvas.apply()
    wire(canvas)
    publish(page)

    report = context.new_page()
    report.goto("/reports/sms/")
    expect(report.get_by_text("Live", exact=True).first).to_be_visible()
    report.evaluate(NOTE_WHAT_THE_FIRST_ROW_SAYS)

    call_until_the_agent_rings(page)
    page.get_by_test_id("agent-no-answer").click()
    bubble = page.get_by_test_id("handset-message")
    expect(bubble).to_contain_text("We missed your call to Acme Retail.")
    expect(bubble).to_have_attribute("data-status", "delivered", timeout=SECONDS_TO_DELIVER)
    expect(canvas.node("sms").locator(".nd")).to_have_class(re.compile("walked"))

    row = report.locator("table.messages tbody tr").first
    expect(row).to_contain_text("Drawn by hand")
    expect(row).to_contain_text("Delivered", timeout=SECONDS_TO_DELIVER)
    # A busy machine may show two steps as one; what is shown never goes back.
    walked = report.evaluate("window.walked")
    assert walked == [status for status in WALK if status in walked]
    assert walked[-1] == "Delivered"


def test_a_text_that_breaks_dlt_is_shown_while_typing_and_refused_in_the_call(page: Page):
    canvas = new_flow(page, "Drawn wrongly")
    draw(canvas)
    fill(canvas, MISSED.replace("call you back", "ring you back"))
    verdict = page.get_by_test_id("dlt-mismatch")
    expect(verdict).to_contain_text("ring")
    canvas.apply()
    wire(canvas)
    page.get_by_test_id("publish").click()
    expect(page.get_by_test_id("publish-confirm")).to_be_disabled()
    page.keyboard.press("Escape")

    call_until_the_agent_rings(page)
    page.get_by_test_id("agent-busy").click()
    refused = page.get_by_test_id("handset-message")
    expect(refused).to_have_attribute("data-status", "error")
    expect(refused).to_contain_text("character")


def test_a_template_is_filled_in_by_its_variables(page: Page):
    canvas = new_flow(page, "Filled in")
    canvas.drop("sms", 370, 130)
    canvas.drop("hangup", 700, 300)
    canvas.wire("sms", "next", "hangup")
    canvas.open("sms")
    page.get_by_label("DLT Template ID").fill("missed")
    page.get_by_role("option", name="Missed call alert").first.click()
    expect(page.get_by_label("Sender ID")).to_have_value("ACMECO")
    composer = page.get_by_test_id("composer")
    expect(composer).to_contain_text(". We will call you back soon. Ref")
    composer.get_by_label("Variable 1, text").last.press("Backspace")
    composer.get_by_label("Variable 1, text").fill("Acme Retail")

    reference = page.get_by_test_id("slot-2")
    reference.get_by_label("Variable 2, text").last.press("Backspace")
    reference.get_by_label("Variable 2, text").type("no. {CallSid}")
    expect(reference.get_by_test_id("finding-error")).to_contain_text("{CallSid} has 32 characters")
    expect(page.get_by_test_id("budget-2")).to_contain_text("36 of 30")
    reference.get_by_role("button", name="Use {CallRef}").click()
    expect(reference.get_by_test_id("finding-error")).to_have_count(0)
    expect(reference.get_by_role("button", name="Short call reference")).to_be_visible()

    expect(page.get_by_test_id("preview-header")).to_have_text("XY-ACMECO-S")
    expect(page.get_by_test_id("preview-body")).to_have_text(
        "We missed your call to Acme Retail. We will call you back soon."
        " Ref no. K7M2Q9XW4T - ACMECO"
    )
    expect(page.get_by_test_id("takes")).to_contain_text("GSM-7")
    expect(page.get_by_test_id("dlt-match")).to_be_visible()
    canvas.apply()
    publish(page)


def test_an_answer_of_any_length_is_cut_by_one_click(page: Page):
    canvas = new_flow(page, "Cut")
    canvas.drop("passthru", 370, 130)
    canvas.drop("sms", 700, 300)
    canvas.open("sms")
    page.get_by_label("DLT Template ID").fill("1107166184021950037")
    name = page.get_by_test_id("slot-1")
    name.get_by_label("Variable 1, text").last.press("Backspace")
    page.get_by_test_id("insert-1").click()
    page.get_by_role("button", name="Your server's answer sample").click()
    name.get_by_label("Where the value is").fill("nodes.n1.json.customer.name")
    name.get_by_label("When there is none").fill("our shop")
    expect(name.get_by_test_id("finding-warning")).to_contain_text("may be longer than the limit")
    name.get_by_role("button", name="Cut it after 30 characters").click()
    expect(name.get_by_test_id("finding-warning")).to_have_count(0)
    page.get_by_test_id("free-text").click()
    expect(page.get_by_label("Message body")).to_have_value(
        re.compile(r"\$\{\{ nodes\.n1\.json\.customer\.name\.slice\(0, 30\) \?\? \"our shop\" \}\}")
    )


PASTE = """text => {
  const area = document.activeElement;
  const data = new DataTransfer();
  data.setData("text/plain", text);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  document.execCommand("insertText", false, text);
}"""


def paste(page: Page, text: str) -> None:
    page.get_by_label("Message body").focus()
    page.evaluate(PASTE, text)


def test_a_pasted_text_finds_its_template_and_fills_its_fields(page: Page):
    canvas = new_flow(page, "Pasted")
    canvas.drop("sms", 370, 130)
    canvas.open("sms")
    paste(page, MISSED)
    expect(page.get_by_label("DLT Template ID")).to_have_value("1107166184021950037")
    expect(page.get_by_label("DLT Entity ID")).to_have_value("1101458270000012345")
    expect(page.get_by_label("Sender ID")).to_have_value("ACMECO")
    expect(page.get_by_label("Variable 1, text")).to_have_value("Acme Retail")
    reference = page.get_by_test_id("slot-2")
    expect(reference.get_by_role("button", name="Short call reference")).to_be_visible()
    expect(page.get_by_test_id("dlt-match")).to_be_visible()


def test_a_text_that_is_nearly_a_template_s_is_corrected_by_one_click(page: Page):
    canvas = new_flow(page, "Nearly")
    canvas.drop("sms", 370, 130)
    canvas.open("sms")
    paste(page, MISSED.replace("call you back", "ring you back"))
    nearest = page.get_by_test_id("nearest").get_by_role("article").first
    expect(nearest).to_contain_text("Missed call alert")
    expect(nearest).to_contain_text("'call' expected, 'ring' found")
    expect(nearest).to_contain_text(MISSED)
    nearest.get_by_role("button", name="Use the corrected text").click()
    expect(page.get_by_test_id("composer")).to_contain_text("We will call you back soon. Ref")
    expect(page.get_by_label("Variable 1, text")).to_have_value("Acme Retail")
    page.get_by_test_id("toast").get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Message body")).to_have_value(re.compile("ring you back"))


def test_what_was_drawn_is_still_there_after_a_reload_and_undo_takes_it_back(page: Page):
    canvas = new_flow(page, "Kept")
    canvas.drop("greeting", 370, 130)
    canvas.drop("hangup", 640, 300)
    canvas.wire("greeting", "next", "hangup")
    expect(page.get_by_test_id("save-state").first).to_contain_text("aved")
    page.reload()
    expect(page.locator(".react-flow__edge")).to_have_count(1)
    canvas.node("hangup").click()
    page.keyboard.press("Delete")
    expect(canvas.node("hangup")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(canvas.node("hangup")).to_have_count(1)


def test_a_wire_is_led_elsewhere_by_the_dot_it_ends_in(page: Page):
    canvas = new_flow(page, "Led elsewhere")
    for applet, x, y in (("greeting", 370, 130), ("hangup", 700, 160), ("sms", 700, 420)):
        canvas.drop(applet, x, y)
    canvas.wire("greeting", "next", "hangup")
    canvas.pull("hangup", "sms")
    expect(page.get_by_label("Edge from n1 to n3")).to_have_count(1)
    expect(page.locator(".react-flow__edge")).to_have_count(1)


def test_those_who_may_only_look_are_offered_nothing_to_change(context: BrowserContext):
    page = context.new_page()
    sign_in(page, "meera@acme.example")
    page.get_by_role("link", name="Missed call alert").first.click()
    canvas = Canvas(page)
    canvas.node("sms").locator("header").click()
    expect(page.get_by_test_id("tab-settings")).to_be_visible()
    for button in ("apply", "publish", "test-call", "tidy-up", "palette-sms"):
        expect(page.get_by_test_id(button)).to_have_count(0)
    page.keyboard.press("Delete")
    expect(canvas.node("sms")).to_be_visible()
    expect(page.get_by_test_id("toast")).to_have_count(0)


def test_an_admin_approves_a_waiting_template(context: BrowserContext):
    page = context.new_page()
    sign_in(page, "ravi@acme.example")
    page.goto("/approvals/?q=Delivery+slot")
    waiting = page.get_by_role("article").filter(has_text="Delivery slot")
    waiting.get_by_role("button", name="Approve").click()
    expect(waiting).to_have_count(0)
    page.goto("/dlt/templates/?q=Delivery")
    expect(page.get_by_role("main")).to_contain_text("Approved")
