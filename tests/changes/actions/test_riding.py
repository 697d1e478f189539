from datetime import timedelta

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import riding
from changes.models import Change
from tests.factories.changes import (
    AT,
    a_harmless_sheet,
    a_scheduled,
    a_sheet,
    a_submitted,
    an_approved,
    window,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def state(change):
    return Change.objects.get(pk=change.pk).state


def test_an_approved_change_rides_on_the_window_it_asked_for():
    on = window()
    change = a_scheduled(on)
    assert (change.state, list(Change.objects.riding_on(on))) == ("scheduled", [change])


def test_what_is_not_approved_rides_nowhere():
    with pytest.raises(Refusal) as refused:
        riding.ride(a_submitted(), window(), by=PersonFactory(), at=AT)
    assert refused.value.conflict


def test_another_window_than_the_approved_one_is_refused():
    change = an_approved(a_sheet(window=window().pk))
    with pytest.raises(Refusal) as refused:
        riding.ride(change, window(LATER), by=PersonFactory(), at=AT)
    assert refused.value.reasons[0].code == "change.approved_for_another_window"


def test_nothing_becomes_short_notice_behind_the_boards_back():
    with pytest.raises(Refusal) as refused:
        riding.ride(an_approved(), window(), by=PersonFactory(), at=AT)
    assert refused.value.reasons[0].code == "change.would_be_short_notice"


def test_what_disturbs_nothing_may_ride_at_any_time():
    assert (
        riding.ride(an_approved(a_harmless_sheet()), window(), by=PersonFactory(), at=AT).state == "scheduled"
    )


def test_approval_confirms_the_window_asked_for():
    assert riding.confirm(an_approved(a_sheet(window=window().pk)), by=None, at=AT).state == "scheduled"


def test_approval_without_a_window_stays_approved():
    assert riding.confirm(an_approved(), by=None, at=AT).state == "approved"


def test_a_change_follows_its_windows_run():
    on, person = window(), PersonFactory()
    change = a_scheduled(on)
    riding.on_run_started(on, by=person, at=LATER)
    started = state(change)
    riding.on_run_verifying(on, by=person, at=LATER)
    verifying = state(change)
    riding.on_run_finished(on, backed_out=False, by=person, at=LATER)
    assert (started, verifying, state(change)) == ("in_progress", "verifying", "implemented")


def test_a_window_backed_out_backs_out_its_changes():
    on, person = window(), PersonFactory()
    change = a_scheduled(on)
    riding.on_run_started(on, by=person, at=LATER)
    riding.on_run_finished(on, backed_out=True, by=person, at=LATER)
    assert state(change) == "backed_out"


def test_a_cancelled_window_frees_what_rode_on_it_and_what_asked_for_it():
    on = window()
    riding_there, asking = a_scheduled(on), a_submitted(a_sheet(window=on.pk))
    riding.on_window_cancelled(on, by=PersonFactory(), at=AT)
    found = Change.objects.filter(pk__in=[riding_there.pk, asking.pk]).order_by("number")
    assert [(change.state, change.window) for change in found] == [("approved", None), (asking.state, None)]


def test_a_moved_window_is_in_the_history_of_its_changes():
    on = window()
    change = a_scheduled(on)
    riding.on_window_moved(on, by=PersonFactory(), at=AT)
    assert Event.objects.about(change).first().act == "change.window_moved"
