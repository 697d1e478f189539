from datetime import timedelta

import pytest

from changes.models import WindowWish
from tests.factories.changes import AT, a_draft, window
from tests.factories.directory import SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
SLOT = {"on": "2027-03-09", "start_time": "11:00", "length_seconds": "900", "budget_seconds": "30"}


@pytest.fixture(autouse=True)
def _at(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def change(client):
    change = a_draft()
    client.force_login(change.requester)
    return change


def test_the_search_begins_with_what_the_change_wants(client, change):
    there = window(AT + timedelta(days=28))
    wish, found = (client.get(f"/changes/{change}/slots/").context[name] for name in ("wish", "found"))
    assert (wish.worst_seconds, wish.planned_seconds, wish.system_ids) == (30, 0, (there.system_id,))
    assert [line.reference for line in found.fitting] == [there.reference]


def test_a_window_with_room_is_asked_for_in_one_click(client, change):
    there = window(AT + timedelta(days=28))
    assert b"Ask for this window" in client.get(f"/changes/{change}/slots/").content
    client.post(f"/changes/{change}/ask-for-window/", {"window": there.reference})
    change.refresh_from_db()
    assert change.window == there


def test_a_free_day_is_wished_for_in_one_click(client, change):
    SystemFactory()
    answer = client.post(f"/changes/{change}/wish/", {**SLOT, "system": "RIS"})
    assert answer.url == f"/changes/{change}/#window-wish"
    assert [(str(wish), wish.budget_seconds) for wish in WindowWish.objects.open()] == [
        ("RIS 2027-03-09", 30)
    ]
    assert b"A release engineer plans it or declines" in client.get(f"/changes/{change}/window-wish/").content


def test_who_plans_windows_finds_the_wish_filled_in(client, change):
    client.post(f"/changes/{change}/wish/", {**SLOT, "system": SystemFactory().code})
    client.force_login(PersonFactory(release=True))
    panel = client.get(f"/changes/{change}/window-wish/").content.decode()
    assert (
        "?system=RIS&amp;on=2027-03-09&amp;start_time=11:00&amp;length_seconds=15&amp;budget_seconds=1"
        in panel
    )


def test_a_declined_wish_says_why_on_the_page_of_the_change(client, change):
    client.post(f"/changes/{change}/wish/", {**SLOT, "system": SystemFactory().code})
    client.force_login(PersonFactory(release=True))
    declined = f"/window-wishes/{WindowWish.objects.get().pk}/decline/"
    assert client.post(declined, {"reason": ""}).status_code == 400
    client.post(declined, {"reason": "Two releases that week"})
    assert b"Two releases that week" in client.get(f"/changes/{change}/window-wish/").content


def test_nobody_asks_for_the_change_of_another(client, change):
    client.force_login(PersonFactory())
    posts = [f"/changes/{change}/wish/", f"/changes/{change}/ask-for-window/"]
    assert [client.post(path, SLOT).status_code for path in posts] == [403, 403]


def test_what_is_no_slot_is_refused_in_words(client, change):
    answer = client.post(f"/changes/{change}/wish/", {"on": "soon"})
    assert (answer.status_code, b"This is no slot" in answer.content) == (400, True)
