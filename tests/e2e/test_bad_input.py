"""What people really type and attach: each tried in a browser on the running product, each with a clear
answer, and nothing lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Cast
from tests.e2e.stack import Stack

MB = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
EMOJI = "Connect the two firewalls 🔥🧱 in Haifa"
RIGHT_TO_LEFT = "החלפת חומת אש"


@pytest.fixture(scope="module")
def engineer(stack: Stack, cast: Cast) -> Page:
    stack.manage("load_demo", "--only", "people,clients,windows,seats")
    stack.serve()
    return cast.as_("engineer")


def file(page: Page, title: str) -> str:
    """A draft with this title; answers the address of its page."""
    page.goto("/changes/new/")
    page.fill("[name=title]", title)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def attach(page: Page, name: str, content: bytes, tmp_path: Path) -> None:
    place = tmp_path / name
    place.write_bytes(content)
    page.set_input_files("#attach", place)
    page.get_by_role("button", name="Attach", exact=True).click()


def test_an_emoji_in_a_title_and_a_name_from_right_to_left_stay_as_typed(engineer: Page) -> None:
    for title in (EMOJI, RIGHT_TO_LEFT):
        address = file(engineer, title)
        engineer.goto("/changes/?view=mine")
        expect(engineer.get_by_role("link", name=title)).to_have_attribute(
            "href", address[-len("/changes/CHG-0000/") :]
        )


def test_a_double_click_on_save_files_one_change(engineer: Page) -> None:
    engineer.goto("/changes/new/")
    engineer.fill("[name=title]", "Clicked twice")
    engineer.get_by_role("button", name="Save draft").dblclick()
    expect(engineer.get_by_role("heading", level=1)).to_have_text("Clicked twice")
    engineer.goto("/changes/?view=mine")
    expect(engineer.get_by_role("link", name="Clicked twice")).to_have_count(1)


def test_two_windows_on_one_change_neither_overwrites_the_other_unseen(engineer: Page, cast: Cast) -> None:
    address = file(engineer, "Edited in two windows")
    second = engineer.context.new_page()
    for each in (engineer, second):
        each.goto(f"{address}edit/")
    second.fill("[name=why]", "The second window was first")
    second.get_by_role("button", name="Save draft").click()
    expect(second.get_by_role("heading", name="Edited in two windows")).to_be_visible()
    second.close()
    engineer.fill("[name=title]", "The first window came later")
    engineer.get_by_role("button", name="Save draft").click()
    expect(engineer.locator("main")).to_contain_text("The second window was first")
    expect(engineer.locator("[name=title]")).to_have_value("The first window came later")


def test_a_medical_record_number_in_the_description_is_pointed_out_while_typing(engineer: Page) -> None:
    engineer.goto("/changes/new/")
    engineer.type("[name=why]", "It failed for MRN 00482913 last night")
    expect(engineer.locator("#so-far")).to_contain_text("medical record number")


def test_three_hundred_lines_pasted_are_answered_beside_the_field_and_stay(engineer: Page) -> None:
    engineer.goto("/changes/new/")
    engineer.get_by_text("Paste steps").click()
    lines = "\n".join(f"Step {n}\tBring {n} back" for n in range(1, 301))
    engineer.fill("[name=pasted]", lines)
    engineer.get_by_role("button", name="Take them into the plan").click()
    expect(engineer.locator("#f-pasted")).to_contain_text("300 lines")
    expect(engineer.locator("[name=pasted]")).to_have_value(lines)


def test_thirty_megabytes_are_refused_and_the_page_says_what_may_be_attached(
    engineer: Page, tmp_path: Path
) -> None:
    engineer.goto(file(engineer, "With thirty megabytes"))
    attach(engineer, "film.png", PNG + b"0" * (30 * MB), tmp_path)
    expect(engineer.locator("main")).to_contain_text("10 MB")
    expect(engineer.locator("main")).not_to_contain_text("film.png, ")


def test_a_page_that_calls_itself_a_picture_is_known_by_its_content(engineer: Page, tmp_path: Path) -> None:
    engineer.goto(file(engineer, "With a page as a picture"))
    attach(engineer, "photo.png", b"<!doctype html><script>alert(1)</script>", tmp_path)
    expect(engineer.locator("main")).to_contain_text("photo.png")
    expect(engineer.locator("#attachments ~ ul a")).to_have_count(0)


def test_a_script_in_markdown_is_shown_as_words_and_never_runs(engineer: Page) -> None:
    engineer.goto(file(engineer, "With a script in its discussion"))
    engineer.on("dialog", lambda dialog: pytest.fail("a script ran"))
    engineer.fill("#say", "<script>alert(1)</script> [here](javascript:alert(2)) **loud**")
    engineer.get_by_role("button", name="Post").click()
    said = engineer.locator(".items .written").first
    expect(said).to_contain_text("<script>alert(1)</script>")
    assert (said.locator("script").count(), said.locator("a[href^=javascript]").count()) == (0, 0)
    expect(said.locator("strong")).to_have_text("loud")
