"""In a browser: accessible at both widths and in both themes, silent, and each script does its one thing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from changeboard.directory.actions import clients, no_go
from changeboard.people.actions import keys
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.people import PersonFactory
from tests.ui.test_time_words import NOW

pytestmark = pytest.mark.django_db
LOOKS = [(390, "dark"), (1280, "light")]
PAGES = ["sign_in", "clients", "client", "client_edit", "people", "person", "profile", "help", "nowhere"]


@pytest.fixture
def administrator(client):
    person = PersonFactory(administrator=True, first_name="Ada", last_name="Min")
    client.force_login(person)
    return person


@pytest.fixture
def places(administrator):
    """A path for each page, with something on it."""
    row = ClientFactory(name="Copperline Health", slug="copperline", uses=[SystemFactory()])
    ContactFactory(client=row, bounced_at=NOW)
    clients.rotate_oms_key(row, by=administrator, at=NOW)
    no_go.add_no_go(row, on=NOW.date(), reason="Go-live", by=administrator, at=NOW)
    keys.make_key("Script", scopes=["changes:read"], by=administrator, at=NOW)
    return {
        "sign_in": reverse("people:sign_in"),
        "clients": reverse("directory:clients"),
        "client": reverse("directory:client", args=["copperline"]),
        "client_edit": reverse("directory:edit_client", args=["copperline"]),
        "people": reverse("people:list"),
        "person": reverse("people:person", args=[administrator.pk]),
        "profile": reverse("people:profile"),
        "help": reverse("help"),
        "nowhere": "/nowhere/",
    }


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_nothing_serious_and_the_page_is_silent(page, client, visit, places, name, width, theme):
    if name == "sign_in":
        client.logout()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    complaints = [said for said in visit(places[name]) if "404" not in said]
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    assert (complaints, found) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_clock_ticks_in_the_platform_s_zone(page, visit, places):
    page.clock.install(time=NOW)
    visit(places["help"])
    page.evaluate("document.documentElement.dataset.now")
    before = page.inner_text(".now b")
    page.clock.fast_forward(120_000)
    assert page.inner_text(".now b") != before


def test_a_question_mark_shows_the_keys(page, visit, places):
    visit(places["help"])
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert page.locator("#keys kbd").all_inner_texts() == ["?"]


def test_the_side_bar_opens_on_a_phone(page, visit, places):
    page.set_viewport_size({"width": 390, "height": 800})
    visit(places["clients"])
    assert not page.locator("#side").is_visible()
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="Clients", exact=True).is_visible()
