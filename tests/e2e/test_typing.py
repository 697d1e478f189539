"""A long form and a session that ends before it is sent: nothing typed is lost."""

from playwright.sync_api import Page, expect

from tests.e2e.people import Cast
from tests.e2e.stack import Stack


def sign_in(page: Page) -> None:
    page.fill("[name=username]", "engineer")
    page.fill("[name=password]", "changeboard")
    page.click("form button.btn--primary")
    page.wait_for_load_state()


def test_a_session_that_ends_while_one_types_loses_nothing(stack: Stack, cast: Cast) -> None:
    stack.manage("load_demo", "--only", "people,clients,windows,seats")
    stack.serve()
    page = cast.as_("engineer")
    page.goto("/changes/new/")
    page.type("[name=title]", "Half a sentence")
    expect(page.locator("#kept")).to_contain_text("is kept")
    page.context.clear_cookies(name="sessionid")
    page.type("[name=why]", "Typed after the session ended")
    expect(page.locator("#signed-out")).to_be_visible()
    # In another tab, as the note says.
    other = page.context.new_page()
    other.goto("/sign-in/")
    sign_in(other)
    other.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#signed-out")).to_be_hidden()
    expect(page.locator("#kept")).to_contain_text("is kept")


def test_what_was_sent_without_a_session_is_put_back_after_signing_in(cast: Cast) -> None:
    page = cast.as_("engineer")
    page.context.clear_cookies(name="sessionid")
    page.type("[name=why]", ", and more")
    page.get_by_role("button", name="Save draft").click()
    sign_in(page)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("[name=why]")).to_have_value("Typed after the session ended, and more")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="Half a sentence")).to_be_visible()
    page.goto("/changes/new/")
    expect(page.locator("#typed-before")).to_be_hidden()
