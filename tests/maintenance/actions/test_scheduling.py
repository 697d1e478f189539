from datetime import UTC, date, datetime, time
from threading import Barrier, Thread

import pytest
from django.db import connection

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from maintenance.actions import announcing, scheduling
from maintenance.models import Window
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, FreezeFactory, WindowFactory
from tests.factories.people import PersonFactory


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.django_db
def test_a_move_raises_the_revision_keeps_the_reason_and_is_in_the_history():
    window = announcing.announced(WindowFactory(), at=NOW)
    moved = scheduling.move(
        window, on=date(2027, 1, 19), start_time=time(11), reason="A test is late", by=PersonFactory(), at=NOW
    )
    assert (moved.revision, moved.state, moved.starts_at) == (
        1,
        "planned",
        datetime(2027, 1, 19, 17, tzinfo=UTC),
    )
    assert [(row.revision, row.kind) for row in moved.revisions.all()] == [(0, "made"), (1, "moved")]
    assert Event.objects.about(moved).first().act == "window.moved"


@pytest.mark.django_db
def test_a_move_onto_another_systems_day_names_the_clash_and_the_nearest_free_days():
    window = WindowFactory()
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))
    with pytest.raises(Refusal) as refused:
        scheduling.move(
            window, on=date(2026, 12, 9), start_time=time(11), reason="x", by=PersonFactory(), at=NOW
        )
    assert codes(refused) == ["window.day_taken", "window.free_days"]
    assert refused.value.reasons[1].facts["days"] == [
        date(2026, 12, 10),
        date(2026, 12, 8),
        date(2026, 12, 11),
    ]


@pytest.mark.django_db
def test_every_fault_is_named_at_once():
    FreezeFactory(starts_at=datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(Refusal) as refused:
        scheduling.move(
            WindowFactory(),
            on=date(2026, 11, 20),
            start_time=time(11),
            reason=" ",
            by=PersonFactory(),
            at=NOW,
        )
    assert codes(refused)[:3] == ["window.reason_missing", "window.in_the_past", "window.in_freeze"]


@pytest.mark.django_db
def test_a_cancelled_window_cannot_be_moved_and_says_what_is_legal():
    window = scheduling.cancel(WindowFactory(), reason="Not needed", by=PersonFactory(), at=NOW)
    with pytest.raises(Refusal) as refused:
        scheduling.move(
            window, on=date(2027, 1, 19), start_time=time(11), reason="x", by=PersonFactory(), at=NOW
        )
    assert (refused.value.conflict, refused.value.legal) == (True, ())


@pytest.mark.django_db(transaction=True)
def test_two_people_moving_two_windows_onto_one_slot_one_wins_and_one_is_told():
    windows = [WindowFactory(), WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 9))]
    people, together, told = [PersonFactory(), PersonFactory()], Barrier(2), []

    def move(window, person):
        together.wait()
        try:
            scheduling.move(window, on=date(2026, 12, 3), start_time=time(11), reason="x", by=person, at=NOW)
        except Refusal as refusal:
            told.append(refusal.reasons[0].code)
        finally:
            connection.close()

    threads = [Thread(target=move, args=pair) for pair in zip(windows, people, strict=True)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (Window.objects.filter(on=date(2026, 12, 3)).count(), told) == (1, ["window.day_taken"])
