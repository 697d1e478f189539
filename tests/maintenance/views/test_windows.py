import pytest

from maintenance.models import Window
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.maintenance import FreezeFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


def test_the_list_has_what_is_ahead_and_what_is_over(client, release):
    WindowFactory()
    pages = [client.get(f"/windows/?view={view}").context["page"] for view in ("", "past")]
    assert [page.paginator.count for page in pages] == [1, 0]


def test_the_list_can_be_had_for_one_system(client, release):
    WindowFactory()
    assert client.get("/windows/?system=PACS").context["lines"] == []


def test_the_page_says_what_stands_in_the_way_and_where_clients_are(client, release):
    window = WindowFactory()
    ClientFactory(time_zone="America/Denver").systems.add(window.system)
    picture = client.get(f"/windows/{window}/").context["picture"]
    assert [finding.code for finding in picture.red] == ["people_named"]
    assert [(zone.abbreviation, zone.hours, zone.clients) for zone in picture.zones] == [
        ("MST", "10:00–10:15", 1)
    ]


def test_a_moved_window_leads_to_its_page(client, release):
    window = WindowFactory()
    sent = {"on": "2027-01-19", "start_time": "11:00", "reason": "A test is late"}
    assert client.post(f"/windows/{window}/move/", sent).url == f"/windows/{window}/"
    window.refresh_from_db()
    assert (window.on.isoformat(), window.revision) == ("2027-01-19", 1)


def test_a_refused_move_keeps_what_was_typed_and_names_the_free_days(client, release):
    window = WindowFactory()
    FreezeFactory()
    sent = {"on": "2026-12-22", "start_time": "11:00", "reason": "A test is late"}
    answer = client.post(f"/windows/{window}/move/", sent)
    assert answer.status_code == 400
    assert answer.context["form"].errors["on"] == [
        "Holiday peak lies there, from Sat 19 Dec 2026, 00:00 CST until Mon 4 Jan 2027, 00:00 CST.",
        "Nearest free days: Fri 18 Dec 2026, Thu 17 Dec 2026, Wed 16 Dec 2026.",
    ]
    assert b"A test is late" in answer.content


def test_a_cancellation_without_a_reason_writes_nothing(client, release):
    window = WindowFactory()
    assert client.post(f"/windows/{window}/cancel/", {"reason": ""}).status_code == 400
    assert Window.objects.get().state == "planned"


def test_a_window_that_is_over_is_not_moved(client, release):
    window = WindowFactory(state="in_progress")
    sent = {"on": "2027-01-19", "start_time": "11:00", "reason": "Late"}
    assert client.post(f"/windows/{window}/move/", sent).status_code == 409


def test_a_window_off_cadence_is_planned_by_hand(client, release):
    sent = {"system": SystemFactory().pk, "on": "2026-12-16", "start_time": "13:00", "length_seconds": "20"}
    answer = client.post("/windows/new/", {**sent, "budget_seconds": "5"})
    window = Window.objects.get()
    assert (answer.url, window.length_seconds, window.budget_seconds) == (f"/windows/{window}/", 1200, 300)


def test_a_duty_is_named_and_taken_back(client, release):
    window = WindowFactory()
    client.post(f"/windows/{window}/duties/", {"role": "leads", "person": release.pk})
    assert [(duty.role, duty.person) for duty in window.duties.all()] == [("leads", release)]
    client.post(f"/windows/{window}/duties/", {"role": "leads", "person": ""})
    assert list(window.duties.all()) == []


def test_a_freeze_is_declared_in_the_platforms_wall_time_and_lifted(client, release):
    sent = {
        "name": "Inspection",
        "starts_at": "2027-02-01T00:00",
        "ends_at": "2027-02-03T00:00",
        "hard": "on",
    }
    assert client.post("/freezes/new/", sent).url == "/freezes/"
    [line] = client.get("/freezes/").context["ahead"]
    freeze = line.freeze
    assert freeze.starts_at.isoformat() == "2027-02-01T06:00:00+00:00"
    client.post(f"/freezes/{freeze.pk}/lift/")
    assert list(client.get("/freezes/").context["ahead"]) == []


def test_a_freeze_that_ends_before_it_starts_is_refused_beside_its_end(client, release):
    sent = {"name": "Inspection", "starts_at": "2027-02-03T00:00", "ends_at": "2027-02-01T00:00"}
    answer = client.post("/freezes/new/", sent)
    assert (answer.status_code, answer.context["form"].errors) == (
        400, {"ends_at": ["A freeze ends after it starts."]},
    )  # fmt: skip
