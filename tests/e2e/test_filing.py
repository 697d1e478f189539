"""The long form in a browser: nothing typed is lost, and steps are moved by keys and by dragging."""

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


def with_two_steps(cast: Cast) -> Page:
    """The form with the steps Save and Load."""
    page = cast.as_("engineer")
    page.goto("/changes/new/")
    page.fill("[name=step-1-text]", "Save")
    page.get_by_role("button", name="Add a step").click()
    page.fill("[name=step-2-text]", "Load")
    return page


def test_the_cursor_follows_a_step_that_is_added_and_one_that_is_removed(cast: Cast) -> None:
    page = with_two_steps(cast)
    page.get_by_role("button", name="Add a step").press("Enter")
    expect(page.locator("#moved")).to_have_text("Added: step 3")
    assert page.evaluate("document.activeElement.name") == "step-3-text"
    page.get_by_role("button", name="Remove step 1").press("Enter")
    expect(page.locator("#moved")).to_have_text("Removed: 2 left")
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == [
        "step-1-text",
        "Load",
    ]


def is_moved(page: Page) -> None:
    """Save stands second, the cursor stays in it, and where it went is said."""
    expect(page.locator("#moved")).to_have_text("Moved: now step 2 of 2")
    expect(page.locator("[name=step-2-text]")).to_have_value("Save")
    expect(page.locator("[name=step-1-text]")).to_have_value("Load")


def test_alt_and_an_arrow_move_a_step_and_the_cursor_stays_in_it(cast: Cast) -> None:
    page = with_two_steps(cast)
    page.locator("[name=step-1-undo]").press("Alt+ArrowDown")
    is_moved(page)
    assert page.evaluate("document.activeElement.name") == "step-2-undo"


def test_a_step_is_dragged_by_its_grip(cast: Cast) -> None:
    page = with_two_steps(cast)
    page.locator("[data-step='1'] [data-grip]").hover()
    page.mouse.down()
    page.locator("[data-step='2'] [data-grip]").hover(force=True)
    page.mouse.up()
    is_moved(page)


def test_a_drag_that_is_given_up_moves_nothing(cast: Cast) -> None:
    page = with_two_steps(cast)
    page.locator("[data-step='1'] [data-grip]").hover()
    page.mouse.down()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".is-dragged")).to_have_count(0)
    expect(page.locator("[name=step-1-text]")).to_have_value("Save")
