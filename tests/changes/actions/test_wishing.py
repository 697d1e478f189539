from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from changeboard.refusal import Refusal
from changes.actions import filing, wishing
from changes.models import WindowWish
from changes.queries import sheets
from changes.queries.waiting import waiting
from maintenance.actions import scheduling
from tests.factories.changes import AT, a_draft, an_approved, window
from tests.factories.directory import SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 9)


@pytest.fixture
def release():
    return PersonFactory(release=True)


def wish(change, on=DAY, **given):
    wanted = {"system": SystemFactory(), "start_time": time(11), "length_seconds": 900, "budget_seconds": 900}
    return wishing.wish(change, on=on, by=change.requester, at=AT, **wanted | given)


def plan(by, on=DAY):
    wanted = {"start_time": time(11), "length_seconds": 900, "budget_seconds": 900}
    return scheduling.create_window(system=SystemFactory(), on=on, by=by, at=AT, **wanted)


def waits(person):
    return [(item.code, item.detail) for item in waiting(person, now=AT) if item.code.startswith("wish")]


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


def test_a_wish_waits_for_whoever_plans_windows_and_for_nobody_else(release):
    change = a_draft()
    wish(change)
    assert (waits(release), waits(change.requester)) == ([("wish_waits", "Tue 9 Mar 2027")], [])


def test_a_window_planned_there_answers_the_wish_and_its_requester_is_told(release):
    change = a_draft()
    wish(change)
    planned = plan(release)
    assert (waits(release), waits(change.requester)) == ([], [("wish_made", "Tue 9 Mar 2027")])
    wishing.ask_for(change, planned, by=change.requester, at=AT)
    change.refresh_from_db()
    assert (change.window, waits(change.requester)) == (planned, [])


def test_the_same_wish_again_is_the_same_and_another_takes_its_place():
    change = a_draft()
    first = wish(change)
    assert wish(change) == first
    second = wish(change, on=DAY + timedelta(days=1))
    assert list(WindowWish.objects.open()) == [second]


def test_a_declined_wish_says_why_and_waits_no_more(release):
    made = wish(a_draft())
    with pytest.raises(Refusal) as refused:
        wishing.decline(made, reason=" ", by=release, at=AT)
    wishing.decline(made, reason="Two releases that week", by=release, at=AT)
    assert (codes(refused), waits(release)) == (["wish.reason_missing"], [])


def test_a_wish_that_is_taken_back_waits_no_more(release):
    made = wish(a_draft())
    wishing.take_back(made, by=made.by, at=AT)
    wishing.take_back(made, by=made.by, at=AT)
    assert waits(release) == []


def test_no_wish_is_taken_where_no_window_could_lie():
    window(AT + timedelta(days=112), system=SystemFactory(code="Biz"))
    with pytest.raises(Refusal) as refused:
        wish(a_draft(), on=(AT + timedelta(days=112)).date())
    with pytest.raises(Refusal) as past:
        wish(a_draft(), on=AT.date() - timedelta(days=1))
    assert (codes(refused), codes(past)) == (["window.day_taken"], ["window.in_the_past"])


def test_a_change_that_is_withdrawn_wishes_for_nothing(release):
    change = a_draft()
    wish(change)
    filing.withdraw(change, by=change.requester, at=AT)
    with pytest.raises(Refusal) as refused:
        wish(change, on=DAY + timedelta(days=1))
    assert (waits(release), codes(refused)) == ([], ["wish.change_has_begun"])


def test_an_approved_change_without_a_window_rides_on_the_one_it_asks_for():
    change = an_approved()
    change.window = None
    change.save(update_fields=["window"])
    there = window(AT + timedelta(days=200))
    assert wishing.ask_for(change, there, by=change.requester, at=AT).state == "scheduled"


def test_asking_for_another_window_is_an_edit():
    change = a_draft()
    there = window(AT + timedelta(days=200))
    before = sheets.sheet_of(change)
    asked = wishing.ask_for(change, there, by=change.requester, at=AT)
    assert sheets.sheet_of(asked) == replace(before, window=there.pk)
