"""Every page of the contract, for whoever it is for, at the width of a phone and of a desk.

It answers, asks no other host, no script breaks, nothing overflows, and axe finds nothing serious.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.people import Cast
from tests.e2e.stack import Stack

WIDTHS = [(390, "dark"), (1280, "light")]
SERIOUS = ("serious", "critical")
# PRODUCT.md section 9, each with a reader whom it is for; {month}, {window}, {meeting} are filled in.
PAGES = [
    ("engineer", "/"),
    ("engineer", "/changes/"),
    ("engineer", "/changes/new/"),
    ("member1", "/changes/CHG-0142/"),
    ("engineer", "/changes/CHG-0142/playbook/"),
    ("release", "/steps/"),
    ("engineer", "/templates/"),
    ("engineer", "/calendar/"),
    ("engineer", "/calendar/horizon/"),
    ("release", "/windows/"),
    ("release", "/windows/{window}/"),
    ("release", "/windows/{window}/go/"),
    ("release", "/windows/{window}/runbook/"),
    ("chair", "/board/"),
    ("chair", "/board/{meeting}/"),
    ("clientservices", "/notices/"),
    ("clientservices", "/notices/{window}/"),
    ("clientservices", "/notices/{window}/words/"),
    ("clientservices", "/clients/"),
    ("clientservices", "/clients/copperline-health/"),
    ("admin", "/insights/"),
    ("admin", "/people/"),
    ("admin", "/notices/policy/"),
    ("admin", "/notices/policy/edit/"),
    ("admin", "/risk/rules/"),
    ("admin", "/risk/questions/"),
    ("admin", "/risk/questions/new/"),
    ("engineer", "/profile/"),
    ("engineer", "/api/docs/"),
    ("clientservices", "/demo/mail/"),
    ("clientservices", "/demo/oms/copperline-health/"),
]


@pytest.fixture(scope="module")
def shown(stack: Stack) -> dict[str, str]:
    """The whole demonstration, served; and the names of things in it."""
    stack.manage("load_demo")
    stack.serve()
    window = stack.rows(
        "select reference from maintenance_window where reference like 'RIS%' and state in ('planned', 'announced')"
        " order by starts_at limit 1"
    )
    meeting = stack.rows("select \"on\" from changes_meeting where state = 'planned' order by 1 limit 1")
    return {"window": str(window[0][0]), "meeting": str(meeting[0][0])}


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_of_the_contract_is_whole(shown: dict[str, str], cast: Cast, who: str, path: str) -> None:
    look_at(cast.as_(who), path.format(**shown))
    assert cast.complaints == []


def look_at(page: Page, path: str) -> None:
    """Loaded as on a phone, then as whoever turns it, or sits down at a desk, sees it."""
    for width, theme in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        if (width, theme) == WIDTHS[0]:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200
        page.wait_for_timeout(200)
        faults = [
            fault["id"] for fault in Axe().run(page).response["violations"] if fault["impact"] in SERIOUS
        ]
        assert (path, width, faults) == (path, width, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/maintenance/", "/sign-in/"])
def test_an_open_page_is_whole_for_whoever_comes(
    shown: dict[str, str], stack: Stack, chromium: Browser, path: str
) -> None:
    page = chromium.new_context(base_url=stack.url).new_page()
    look_at(page, path)
    page.context.close()
