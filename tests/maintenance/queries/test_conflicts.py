"""The pictures behind the conflicts, and whose answer covers which; the same queries for one window and three."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from changeboard.refusal import Refusal
from maintenance import contributions
from maintenance.actions import disposing, freezing, scheduling, waiving
from maintenance.contributions import Claim, Contributor
from maintenance.domain.conflicts import Kind, Rider
from maintenance.models import Window
from maintenance.queries import conflicts
from tests.factories.directory import ClientFactory, ServiceFactory, SystemFactory
from tests.factories.maintenance import NOW, CadenceFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 12, 15)


class Aboard(Contributor):
    """What a test puts on windows, by their references."""

    def __init__(self):
        self.riders, self.seconds = {}, {}

    def riders_by_window(self, windows):
        return {window.pk: self.riders.get(window.reference, []) for window in windows}

    def claims(self, window):
        seconds = self.seconds.get(window.reference, 0)
        return [Claim("CHG-0001", seconds, seconds, "changes.change", 1)] if seconds else []


@pytest.fixture
def aboard(monkeypatch):
    rider = Aboard()
    monkeypatch.setattr(contributions, "_contributors", [rider])
    return rider


@pytest.fixture
def kim(db):
    return PersonFactory(release=True)


def kinds(window):
    return [each.conflict.kind for each in conflicts.standing(Window.objects.get(pk=window.pk))]


def is_open(window):
    return [each.is_open for each in conflicts.standing(Window.objects.get(pk=window.pk))]


def test_nothing_stands_against_a_window_that_nobody_minds(aboard):
    ClientFactory(uses=[SystemFactory(code="RIS")])
    assert kinds(WindowFactory()) == []


@pytest.mark.parametrize(("on", "found"), [(TUESDAY, [Kind.NO_GO]), (date(2026, 12, 16), [])])
def test_a_no_go_date_of_a_client_that_uses_the_system(aboard, on, found):
    window = WindowFactory()
    ClientFactory(uses=[window.system]).no_go_dates.create(on=on, reason="Inspection")
    assert kinds(window) == found


def test_a_no_go_date_of_a_client_that_is_not_affected_is_no_matter(aboard):
    ClientFactory(uses=[SystemFactory(code="PACS")]).no_go_dates.create(on=TUESDAY, reason="Go-live")
    ClientFactory(uses=[SystemFactory(code="RIS")], active=False).no_go_dates.create(on=TUESDAY, reason="x")
    assert kinds(WindowFactory()) == []


def test_a_service_that_a_rider_touches_brings_its_clients_along(aboard):
    window, service = WindowFactory(), ServiceFactory(system=SystemFactory(code="PACS"))
    ClientFactory(uses=[service.system]).no_go_dates.create(on=TUESDAY, reason="Go-live")
    aboard.riders[window.reference] = [Rider(1, "CHG-0001", {service.pk: "Archive"}, {})]
    assert kinds(window) == [Kind.NO_GO]


def test_two_windows_of_a_week_that_both_take_downtime_hit_their_common_clients_twice(aboard):
    window, pacs = WindowFactory(), SystemFactory(code="PACS")
    WindowFactory(system=pacs, on=date(2026, 12, 9))
    ClientFactory(name="Both", uses=[window.system, pacs]), ClientFactory(uses=[pacs])
    (one,) = conflicts.standing(window)
    assert (one.conflict.kind, one.conflict.reason.facts["clients"]) == (Kind.TWICE, ["Both"])


def test_a_window_that_nobody_feels_hits_nobody(aboard):
    window, pacs = WindowFactory(), SystemFactory(code="PACS")
    WindowFactory(system=pacs, on=date(2026, 12, 9), budget_seconds=0)
    ClientFactory(uses=[window.system, pacs])
    assert kinds(window) == []


@pytest.mark.parametrize(("days", "found"), [(22, []), (23, [Kind.SHORT_LEAD])])
def test_a_contracts_lead_is_counted_from_the_day_on_which_the_window_was_made(aboard, days, found):
    window = WindowFactory()
    ClientFactory(uses=[window.system], contract_lead_days=days)
    assert kinds(window) == found


def test_a_window_off_its_cadence_is_answered_for_by_the_reason_of_the_move(aboard, kim):
    window = WindowFactory(on=date(2026, 12, 16))
    CadenceFactory(system=window.system)
    assert is_open(window) == [True]
    scheduling.move(
        window, on=date(2026, 12, 17), start_time=window.start_time, reason="Late", by=kim, at=NOW
    )
    assert (kinds(window), is_open(window)) == ([Kind.OFF_CADENCE], [False])


def test_a_window_where_cadence_put_it_is_on_it_be_that_not_its_day(aboard):
    cadence = CadenceFactory()
    window = WindowFactory(system=cadence.system, cadence=cadence, cadence_on=TUESDAY, on=date(2026, 12, 17))
    assert kinds(window) == []


def over_budget(aboard, window, kim, reason="Rehearsed twice"):
    aboard.seconds[window.reference] = 960
    return disposing.dispose(window, kind="over_budget", reason=reason, by=kim, at=NOW)


def test_an_answer_has_a_name_a_reason_and_the_revision_and_the_same_once_more_keeps_the_first(aboard, kim):
    window = WindowFactory()
    waiver = over_budget(aboard, window, kim)
    again = over_budget(aboard, window, PersonFactory(), "Another")
    assert (again, waiver.by, waiver.reason, waiver.revision, is_open(window)) == (
        waiver, kim, "Rehearsed twice", 0, [False],
    )  # fmt: skip


def test_an_answer_does_not_survive_the_move_of_the_window(aboard, kim):
    window = WindowFactory()
    over_budget(aboard, window, kim)
    scheduling.move(window, on=date(2027, 1, 19), start_time=window.start_time, reason="x", by=kim, at=NOW)
    assert is_open(window) == [True]


def test_an_answer_does_not_cover_what_has_grown_since_and_says_whose_it_was(aboard, kim):
    window = WindowFactory()
    waiver = over_budget(aboard, window, kim)
    aboard.seconds[window.reference] = 961
    (one,) = conflicts.standing(window)
    assert (one.is_open, one.outgrown) == (True, waiver)
    newer = disposing.dispose(window, kind="over_budget", reason="Still", by=kim, at=NOW)
    assert [each.pk for each in window.waivers.of_the_present()] == [newer.pk]


def test_a_new_client_in_a_conflict_asks_anew_and_one_less_does_not(aboard, kim):
    window = WindowFactory()
    first = ClientFactory(uses=[window.system], contract_lead_days=90)
    disposing.dispose(window, kind="short_lead", reason="They agreed", by=kim, at=NOW)
    assert is_open(window) == [False]
    ClientFactory(uses=[window.system], contract_lead_days=90)
    assert is_open(window) == [True]
    type(first).objects.exclude(pk=first.pk).update(active=False)
    assert is_open(window) == [False]


def test_an_answer_that_is_taken_back_leaves_the_conflict_open(aboard, kim):
    window = WindowFactory()
    waiver = over_budget(aboard, window, kim)
    disposing.withdraw(waiver, by=kim, at=NOW), disposing.withdraw(waiver, by=kim, at=NOW)
    assert is_open(window) == [True]


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", "waiver.reason_missing"), ("x", "waiver.nothing_to_accept")]
)
def test_an_answer_needs_a_reason_and_something_to_answer_for(aboard, kim, reason, code):
    with pytest.raises(Refusal) as refused:
        waiving.waive(WindowFactory(), code="over_budget", reason=reason, by=kim, at=NOW)
    assert [each.code for each in refused.value.reasons] == [code]


def busy_week(number, pacs, ris):
    """A RIS and a PACS window less than a week apart, a no-go date and a contract, in one of several months."""
    on = TUESDAY + timedelta(days=35 * number)
    WindowFactory(system=pacs, on=on - timedelta(days=6), reference=f"PACS-{number}")
    client = ClientFactory(uses=[ris, pacs], contract_lead_days=400)
    client.no_go_dates.create(on=on, reason="Inspection")
    return WindowFactory(system=ris, on=on, reference=f"RIS-{number}")


@pytest.mark.parametrize("months", [1, 3])
def test_any_number_of_windows_takes_the_same_queries(months, kim):
    pacs, ris = SystemFactory(code="PACS"), SystemFactory(code="RIS")
    CadenceFactory(system=ris)
    windows = [busy_week(number, pacs, ris) for number in range(months)]
    freezing.create(
        name="Soft", starts_at=NOW, ends_at=NOW + timedelta(days=300), systems=[], hard=False, reason="",
        by=kim, at=NOW,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        found = conflicts.by_window(windows)
    wanted = {Kind.FREEZE, Kind.NO_GO, Kind.TWICE, Kind.SHORT_LEAD}
    kinds = [{each.conflict.kind for each in found[window.pk]} for window in windows]
    assert [each - {Kind.OFF_CADENCE} for each in kinds] == [wanted] * months
    assert len(asked) == 11
