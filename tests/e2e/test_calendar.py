"""The calendar under a hand: keys, filters without a reload, and a card that is dragged to another day."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Cast
from tests.e2e.stack import Stack

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def release(stack: Stack, cast: Cast) -> Page:
    """On the month of the next window that nothing is known against."""
    stack.manage("load_demo", "--only", "people,clients,windows")
    stack.serve()
    page = cast.as_("release")
    page.goto("/calendar/?kind=window&kind=freeze")
    if not page.locator("[data-card]").count():
        page.keyboard.press("n")
    expect(page.locator("[data-card]").first).to_be_visible()
    return page


def cell(page: Page, on: date) -> Locator:
    return page.locator(f"[data-day='{on}']")


def free_day(page: Page, card: Locator) -> date:
    """A day that is shown and has nothing on it."""
    free = page.locator("[data-day]:not([data-taken]):not([data-frozen]):not([data-past]) >> visible=true")
    return date.fromisoformat(str(free.last.get_attribute("data-day")))


def hold(page: Page, card: Locator, over: Locator) -> None:
    """Press on the card and carry it over a day."""
    card.scroll_into_view_if_needed()
    card.hover(position={"x": 20, "y": 10})
    page.mouse.down()
    over.hover(position={"x": 20, "y": 20}, force=True)
    over.hover(position={"x": 30, "y": 30}, force=True)


def test_a_card_that_is_dropped_on_a_day_asks_before_anything_moves(release: Page) -> None:
    address, card = release.url, release.locator("[data-card]").first
    to = free_day(release, card)
    hold(release, card, cell(release, to))
    release.keyboard.press("Escape")
    release.mouse.up()
    expect(release).to_have_url(address)
    hold(release, card, cell(release, to))
    expect(cell(release, to)).to_have_class(re.compile("is-target"))
    release.mouse.up()
    expect(release).to_have_url(re.compile(rf"/move/\?on={to}$"))
    expect(release.locator("#id_on")).to_have_value(str(to))
    release.goto(address)
    expect(release.locator("[data-card]").first).to_be_visible()


def test_arrows_lead_from_day_to_day_and_letters_from_month_to_month(release: Page) -> None:
    release.goto("/calendar/?month=2027-03")
    cell(release, date(2027, 3, 10)).locator(".cal__d").focus()
    for key in ("ArrowRight", "ArrowDown", "End"):
        release.keyboard.press(key)
    focused = release.locator("[data-day]:has(.cal__d:focus)")
    expect(focused).to_have_attribute("data-day", "2027-03-20")
    release.keyboard.press("n")
    expect(release.get_by_role("heading", level=1)).to_have_text("April 2027")
    expect(release).to_have_url(re.compile(r"month=2027-04"))
    release.go_back()
    expect(release.get_by_role("heading", level=1)).to_have_text("March 2027")


def test_a_filter_needs_no_reload_and_stands_in_the_address(release: Page) -> None:
    release.goto("/calendar/")
    release.evaluate("window.stays = true")
    release.locator("label.toggle", has_text="Notices").click()
    release.locator("#tz").select_option("utc")
    expect(release).to_have_url(re.compile("kind=window.*tz=utc"))
    release.locator("#f-client").press_sequentially("Copperl")
    expect(release.locator("#clients option")).to_have_attribute("value", "Copperline Health", timeout=5000)
    release.locator("#f-client").fill("Copperline Health")
    release.locator("#f-client").press("Enter")
    expect(release).to_have_url(re.compile("client=copperline-health"))
    assert release.evaluate("window.stays")
