"""What a freeze hits is shown before it is declared, changed or lifted."""

import pytest

from maintenance.models import Freeze, Hold
from tests import side_bar
from tests.factories.maintenance import FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]

PEAK = {"name": "Peak", "starts_at": "2026-12-14T00:00", "ends_at": "2026-12-20T00:00", "hard": "on"}


def fates(answer):
    return [(hit.window.reference, hit.becomes) for hit in answer.context["hits"]]


def test_a_preview_says_what_it_hits_and_writes_nothing(client, release):
    WindowFactory()
    answer = client.post("/freezes/new/", {**PEAK, "preview": "1"})
    assert (answer.status_code, fates(answer), Freeze.objects.count()) == (200, [("RIS-2026-12", "held")], 0)


def test_a_freeze_over_windows_is_declared_only_after_they_were_shown(client, release):
    WindowFactory()
    shown = client.post("/freezes/new/", PEAK)
    assert (shown.context["asks"], Freeze.objects.count()) == (True, 0)
    assert client.post("/freezes/new/", {**PEAK, "seen": shown.context["seen"]}).url == "/freezes/"
    assert Hold.objects.open().count() == 1


def test_a_freeze_over_nothing_is_declared_at_once(client, release):
    assert client.post("/freezes/new/", PEAK).url == "/freezes/"


def test_windows_that_came_meanwhile_are_shown_again(client, release):
    assert client.post("/freezes/new/", {**PEAK, "preview": "1"}).context["seen"] == ""
    WindowFactory()
    assert client.post("/freezes/new/", {**PEAK, "seen": ""}).context["asks"] is True


@pytest.mark.parametrize(
    ("changed", "fate"),
    [({}, "stays"), ({"hard": ""}, "let_go"), ({"ends_at": "2026-12-15T00:00"}, "let_go")],
)
def test_a_change_says_what_is_held_and_what_is_let_go(client, release, changed, fate):
    WindowFactory()
    seen = client.post("/freezes/new/", PEAK).context["seen"]
    client.post("/freezes/new/", {**PEAK, "seen": seen})
    freeze = Freeze.objects.get()
    answer = client.post(f"/freezes/{freeze.pk}/edit/", {**PEAK, **changed, "preview": "1"})
    assert fates(answer) == [("RIS-2026-12", fate)]


def test_the_form_of_a_change_begins_with_the_platforms_wall_time(client, release):
    page = client.get(f"/freezes/{FreezeFactory().pk}/edit/").content.decode()
    assert 'value="2026-12-19T00:00"' in page


def test_lifting_shows_what_it_lets_go_first(client, release):
    WindowFactory()
    seen = client.post("/freezes/new/", PEAK).context["seen"]
    client.post("/freezes/new/", {**PEAK, "seen": seen})
    page = f"/freezes/{Freeze.objects.get().pk}/lift/"
    assert fates(client.get(page)) == [("RIS-2026-12", "let_go")]
    client.post(page)
    assert Hold.objects.open().count() == 0


@pytest.mark.parametrize("windows", [1, 3])
def test_the_list_of_freezes_takes_the_same_queries(client, release, windows, django_assert_num_queries):
    for number in range(windows):
        FreezeFactory(name=f"Peak {number}")
    with django_assert_num_queries(7 + side_bar.RELEASE_ENGINEER):
        client.get("/freezes/")


@pytest.mark.parametrize("page", ["/freezes/new/", "/windows/RIS-2026-12/conflicts/"])
def test_whoever_runs_no_windows_declares_no_freeze_and_answers_for_nothing(client, page):
    WindowFactory()
    client.force_login(PersonFactory())
    assert (client.get(page).status_code, client.post(page, PEAK).status_code) == (403, 403)
