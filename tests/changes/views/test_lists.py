from datetime import timedelta

import pytest

from changeboard import clock
from changes.actions import filing
from changes.domain.sheet import Sheet
from tests import side_bar
from tests.factories.changes import a_draft, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def shown(client, query=""):
    page = client.get(f"/changes/{query}").context["page"]
    return [change.reference for change in page.object_list]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_one_and_three_rows(
    client, person, rows, django_assert_num_queries
):
    now, on = clock.now(), window(clock.now() + timedelta(days=28))
    for _ in range(rows):
        a_submitted(a_sheet(window=on.pk), at=now)
    client.get("/changes/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/changes/")


LIST_QUERIES = 9 + side_bar.QUERIES
# Where the words stand, and how many hold them: a view alone is counted with its tab.
SEARCH_QUERIES = LIST_QUERIES + 3


def test_each_view_shows_its_own(client, person):
    now, on = clock.now(), window(clock.now() + timedelta(days=28))
    mine = a_draft(by=person, at=now)
    short = a_submitted(a_sheet(window=on.pk), at=now)
    gone = filing.withdraw(a_draft(at=now), by=person, at=now)
    views = {
        name: shown(client, f"?view={name}")
        for name in ("open", "mine", "next_board", "short_notice", "closed", "all")
    }
    assert views == {
        "open": [short.reference, mine.reference],
        "mine": [mine.reference],
        "next_board": [short.reference],
        "short_notice": [short.reference],
        "closed": [gone.reference],
        "all": [gone.reference, short.reference, mine.reference],
    }


def test_a_search_shows_where_the_words_stand_as_text(client, person):
    a_draft(Sheet(title="T", why="Load 1 < 2 & the firewall"))
    page = client.get("/changes/?q=firewalls").content.decode()
    assert "1 &lt; 2 &amp; the <mark>firewall</mark>" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_asks_the_same_number_of_queries_for_one_and_three_rows(
    client, person, rows, django_assert_num_queries
):
    for _ in range(rows):
        a_draft(at=clock.now())
    client.get("/changes/?q=firewalls")
    with django_assert_num_queries(SEARCH_QUERIES):
        client.get("/changes/?q=firewalls")
