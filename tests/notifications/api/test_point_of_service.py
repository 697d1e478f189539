"""What a client's order system is told, asked as the order system asks: over HTTP with its own key."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from changeboard.directory.actions.clients import rotate_oms_key
from maintenance.actions import scheduling
from maintenance.models import Window
from notifications.actions import ticking
from notifications.models import Delivery, PolicyLine, Shown
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
ADDRESS = "/api/v1/point-of-service/"


@pytest.fixture
def at(time_machine):
    """Sets the platform's clock; it stands still."""

    def set_clock(instant):
        time_machine.move_to(instant, tick=False)

    set_clock(START - timedelta(hours=3))
    return set_clock


@pytest.fixture
def key(juniper):
    return rotate_oms_key(juniper, by=None, at=START - timedelta(days=30))


@pytest.fixture
def ask(client, key, at):
    def asked(**headers):
        return client.get(ADDRESS, headers={"authorization": f"Bearer {key}", **headers})

    return asked


@pytest.mark.parametrize(
    ("minutes", "phase", "headline"),
    [
        (-61, "nothing", ""),
        (-60, "starting", "Maintenance at 10:00 AM."),
        (-1, "starting", "Maintenance at 10:00 AM."),
        (0, "under_way", "Maintenance under way."),
        (14, "under_way", "Maintenance under way."),
    ],
)
def test_the_phase_turns_with_the_clock_alone(ask, at, window, minutes, phase, headline):
    at(START + timedelta(minutes=minutes))
    answer = ask().json()
    assert (answer["phase"], answer["headline"]) == (phase, headline)


@pytest.mark.parametrize(("minutes", "phase"), [(-91, "nothing"), (-90, "starting")])
def test_it_is_shown_as_long_before_as_the_policy_says(ask, at, window, minutes, phase):
    PolicyLine.objects.in_force().filter(milestone="starting").update(minutes_before=90)
    at(START + timedelta(minutes=minutes))
    assert ask().json()["phase"] == phase


def test_of_a_system_that_the_policy_leaves_out_nothing_is_shown_before_the_start(ask, at, window):
    PolicyLine.objects.in_force().get(milestone="starting").systems.add(SystemFactory(code="PACS"))
    at(START - timedelta(minutes=1))
    assert ask().json()["phase"] == "nothing"


def test_it_speaks_the_clients_zone_and_utc(ask, at, window):
    at(START - timedelta(minutes=42))
    answer = ask().json()
    assert (answer["starts_at"], answer["ends_at"]) == ("2026-12-15T17:00:00Z", "2026-12-15T17:15:00Z")
    assert answer["local"] == {
        "time_zone": "America/Denver",
        "day": "Tuesday, December 15, 2026",
        "span": "10:00–10:15 AM MST",
        "short": "10:00–10:15 AM MST",
    }


def test_it_says_what_stops_and_what_to_do_meanwhile(ask, at, window):
    at(START - timedelta(minutes=42))
    answer = ask().json()
    assert answer["detail"].startswith("Placing and looking up orders: not possible for up to 15 minutes.")
    assert answer["workaround"] == "For an urgent study, call the reading desk"
    assert answer["systems"] == [{"code": "RIS", "name": "RIS of the platform", "impact": "outage"}]


def test_work_runs_over_until_somebody_says_until_when(ask, at, window):
    Window.objects.filter(pk=window.pk).update(state="in_progress", started_at=START)
    at(START + timedelta(minutes=16))
    assert ask().json()["phase"] == "extended"
    Window.objects.filter(pk=window.pk).update(expected_end_at=START + timedelta(minutes=21))
    answer = ask().json()
    assert (answer["detail"], answer["ends_at"]) == (
        "RIS of the platform: back at about 10:21 AM MST.",
        "2026-12-15T17:21:00Z",
    )


def test_done_is_said_after_verifying_and_for_one_hour(ask, at, window):
    rows = Window.objects.filter(pk=window.pk)
    end = START + timedelta(minutes=11)
    rows.update(state="verifying", started_at=START, verifying_at=end)
    at(end)
    assert ask().json()["phase"] == "under_way"
    rows.update(state="completed", finished_at=end, actual_downtime_seconds=660)
    answer = ask().json()
    assert (answer["phase"], answer["detail"]) == ("done", "Everything works again. It took 11 minutes.")
    at(end + timedelta(hours=1))
    assert ask().json()["phase"] == "nothing"


def test_a_strong_etag_spares_the_answer_while_nothing_changes(ask, at, window):
    at(START - timedelta(minutes=42))
    first = ask()
    at(START - timedelta(minutes=41))
    assert ask(**{"if-none-match": first["ETag"]}).status_code == 304
    at(START)
    assert ask(**{"if-none-match": first["ETag"]}).status_code == 200


def test_it_says_how_long_the_answer_holds_and_when_to_ask_again(ask, at, window):
    at(START - timedelta(hours=3))
    answer = ask().json()
    assert (answer["next_change_at"], answer["poll_after_s"]) == ("2026-12-15T16:00:00Z", 60)
    assert answer["valid_until"] == "2026-12-16T14:00:00Z"


def test_nothing_is_told_of_a_system_that_the_client_does_not_use(client, at, window):
    other = ClientFactory(uses=[SystemFactory(code="PACS")])
    key = rotate_oms_key(other, by=None, at=START)
    at(START)
    answer = client.get(ADDRESS, headers={"authorization": f"Bearer {key}"}).json()
    assert answer["phase"] == "nothing"


def test_whoever_was_told_sees_on_the_old_day_that_it_was_moved(ask, at, window, desk, mailbox):
    ticking.tick(now=START - timedelta(days=10))
    scheduling.move(
        window,
        on=date(2026, 12, 16),
        start_time=time(11),
        reason="A vendor cannot come",
        by=PersonFactory(),
        at=START - timedelta(days=3),
    )
    at(START)
    answer = ask().json()
    assert (answer["phase"], answer["headline"]) == ("moved", "Maintenance is moved.")
    assert answer["detail"].startswith("Nothing happens on Tue, Dec 15 at 10:00 AM.")


@pytest.mark.parametrize("word", ["", "Bearer oms_wrong", "Bearer cb_wrong", "Basic abc"])
def test_without_its_own_key_nobody_is_told_anything(client, at, window, word):
    assert client.get(ADDRESS, headers={"authorization": word} if word else {}).status_code == 401


def test_a_person_who_is_signed_in_is_no_order_system(client, window):
    client.force_login(PersonFactory())
    assert client.get(ADDRESS).status_code == 401


def test_an_old_key_ends_with_the_new_one(ask, juniper, window):
    rotate_oms_key(juniper, by=None, at=START)
    assert ask().status_code == 401


@pytest.fixture
def report(client, key):
    def reported(name="point-of-service-shown", **changed):
        body = {"window": "RIS-2026-12", "phase": "starting", "sequence": 0, "actor": "ED desk 4", **changed}
        headers = {"authorization": f"Bearer {key}"}
        return client.post(
            reverse(f"notifications:{name}"), body, content_type="application/json", headers=headers
        )

    return reported


def test_what_was_shown_is_the_proof_of_the_delivery(report, at, window, order_system, mailbox):
    ticking.tick(now=START - timedelta(minutes=59))
    at(START - timedelta(minutes=50))
    assert report().status_code == 204
    assert Delivery.objects.get(milestone="starting").state == "seen"


def test_a_report_twice_is_one_report(report, at, window, order_system, mailbox):
    ticking.tick(now=START - timedelta(minutes=59))
    report(), report()
    assert Shown.objects.count() == 1


def test_reading_it_is_more_than_having_it_shown(report, at, window, order_system, mailbox):
    ticking.tick(now=START - timedelta(minutes=59))
    report("point-of-service-acknowledge")
    row = Delivery.objects.get(milestone="starting")
    assert (row.state, row.acknowledged_by) == ("acknowledged", "ED desk 4")


def test_a_report_names_every_fault_at_once(report, window):
    answer = report(window="", phase="lunch", sequence=-1)
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"window", "phase", "sequence"}


def test_a_report_of_a_window_that_the_client_was_not_told_of_is_refused(report, at, window):
    answer = report()
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "window")


def test_the_answer_costs_the_same_queries_with_one_window_or_three(
    ask, at, window, ris, django_assert_num_queries
):
    at(START)
    with django_assert_num_queries(6):
        ask()
    from tests.factories.maintenance import WindowFactory

    for day in (16, 17):
        WindowFactory(system=ris, on=date(2026, 12, day), reference=f"RIS-2026-12-{day}")
    with django_assert_num_queries(6):
        ask()
