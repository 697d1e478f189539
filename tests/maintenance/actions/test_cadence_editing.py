from datetime import UTC, date, datetime, time

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from maintenance.actions import announcing, cadence, cadence_editing, scheduling
from maintenance.models import Cadence, Window
from maintenance.queries import cadences
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, CadenceFactory, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ris():
    """RIS on third Tuesdays, with its six windows."""
    row = CadenceFactory()
    cadence.extend_windows(now=NOW)
    return row


def like(row, **facts):
    values = {name: getattr(row, name) for name in cadence_editing.FIELDS}
    return Cadence(system=row.system, **{**values, **facts})


def change(row, follows=False, reason="A new contract", seen=None, **facts):
    row.refresh_from_db()
    wanted = like(row, **facts)
    found = cadences.consequences(row, wanted, move_announced=follows, now=NOW)
    return cadence_editing.change(
        row, wanted, reason=reason, move_announced=follows, seen=seen or found.fingerprint,
        by=PersonFactory(administrator=True), at=NOW,
    )  # fmt: skip


def days():
    return [window.on.isoformat() for window in Window.objects.standing()]


def test_a_system_gets_a_cadence_and_its_windows_at_once():
    wanted = Cadence(
        system=SystemFactory(), rrule="FREQ=MONTHLY;BYDAY=3TU", start_time=time(11), length_seconds=900
    )
    begun = cadence_editing.begin(wanted, by=PersonFactory(), at=NOW)
    assert (Window.objects.filter(cadence=begun).count(), len(Event.objects.about(begun))) == (6, 1)


def test_a_system_has_one_cadence(ris):
    with pytest.raises(Refusal) as refused:
        cadence_editing.begin(like(ris), by=PersonFactory(), at=NOW)
    assert (refused.value.conflict, Cadence.objects.count()) == (True, 1)


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=QQ", "nonsense"])
def test_a_rule_without_dates_is_refused_with_the_budget_that_does_not_fit(rule):
    with pytest.raises(Refusal) as refused:
        cadence_editing.begin(
            CadenceFactory.build(rrule=rule, budget_seconds=901, system=SystemFactory()),
            by=PersonFactory(),
            at=NOW,
        )
    assert [reason.field for reason in refused.value.reasons] == ["rrule", "budget_seconds"]


def test_windows_follow_month_by_month_each_with_a_revision_and_the_reason(ris):
    change(ris, rrule="FREQ=MONTHLY;BYDAY=1TU")
    assert days() == ["2026-12-01", "2027-01-05", "2027-02-02", "2027-03-02", "2027-04-06", "2027-05-04"]
    first = Window.objects.first()
    [_, followed] = first.revisions.all()
    assert (first.reference, first.cadence_on) == ("RIS-2026-12", date(2026, 12, 1))
    assert (followed.kind, followed.reason, first.state) == ("followed", "A new contract", "planned")
    assert cadence.extend_windows(now=NOW) == 0


def test_windows_moved_or_cancelled_by_hand_are_left_alone(ris):
    first, second = Window.objects.all()[:2]
    scheduling.cancel(first, reason="x", by=PersonFactory(), at=NOW)
    scheduling.move(second, on=date(2027, 1, 21), start_time=time(9), reason="x", by=PersonFactory(), at=NOW)
    change(ris, rrule="FREQ=MONTHLY;BYDAY=1TU")
    assert days()[:2] == ["2027-01-21", "2027-02-02"]
    assert cadence.extend_windows(now=NOW) == 0


@pytest.mark.parametrize(("follows", "on", "state"), [(False, 15, "announced"), (True, 1, "planned")])
def test_an_announced_window_moves_only_when_it_is_asked_for(ris, follows, on, state):
    announcing.announced(Window.objects.first(), at=NOW)
    change(ris, follows, rrule="FREQ=MONTHLY;BYDAY=1TU")
    first = Window.objects.first()
    assert (first.on, first.state) == (date(2026, 12, on), state)
    assert cadence.extend_windows(now=NOW) == 0


def test_another_start_and_zone_move_the_hour_and_another_budget_stays_announced(ris):
    announcing.announced(Window.objects.first(), at=NOW)
    change(ris, True, budget_seconds=600)
    assert Window.objects.first().state == "announced"
    change(ris, True, start_time=time(12), time_zone="America/New_York", length_seconds=1800)
    first = Window.objects.first()
    assert (first.starts_at, first.ends_at) == (
        datetime(2026, 12, 15, 17, tzinfo=UTC), datetime(2026, 12, 15, 17, 30, tzinfo=UTC),
    )  # fmt: skip
    assert (first.budget_seconds, first.time_zone, first.state) == (600, "America/New_York", "planned")


def test_a_clash_goes_to_the_nearest_free_day_and_a_freeze_with_it(ris):
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 1))
    FreezeFactory(starts_at=datetime(2027, 1, 4, 6, tzinfo=UTC), ends_at=datetime(2027, 1, 6, 6, tzinfo=UTC))
    change(ris, rrule="FREQ=MONTHLY;BYDAY=1TU")
    assert [window.on.day for window in Window.objects.filter(cadence=ris)[:2]] == [2, 6]


def test_what_changed_since_it_was_shown_is_shown_again(ris):
    with pytest.raises(Refusal) as refused:
        change(ris, rrule="FREQ=MONTHLY;BYDAY=1TU", seen="0" * 16)
    assert [reason.code for reason in refused.value.reasons] == ["cadence.other_consequences"]


def test_without_a_reason_nothing_moves(ris):
    with pytest.raises(Refusal):
        change(ris, reason=" ", rrule="FREQ=MONTHLY;BYDAY=1TU")
    assert days()[0] == "2026-12-15"


def test_the_same_values_once_more_write_nothing(ris):
    change(ris, reason="")
    assert list(Event.objects.about(ris)) == []


def test_an_ended_cadence_makes_no_more_and_leaves_its_windows(ris):
    person = PersonFactory()
    for _ in range(2):
        cadence_editing.end(ris, reason="RIS is retired", by=person, at=NOW)
    later = datetime(2027, 3, 1, tzinfo=UTC)
    assert (cadence.extend_windows(now=later), len(days()), len(Event.objects.about(ris))) == (0, 6, 1)
    with pytest.raises(Refusal) as refused:
        change(ris, start_time=time(12))
    assert refused.value.conflict
