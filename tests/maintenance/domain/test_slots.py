from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from changeboard import clock
from maintenance.domain import slots
from maintenance.domain.conflicts import clashes
from tests.maintenance.domain.pictures import CHICAGO, ELEVEN, PACS, TUESDAY, frozen, span

FIRST, LAST = date(2026, 11, 24), date(2027, 1, 31)
TAKEN = st.sets(st.dates(FIRST, LAST), max_size=40)


def free(windows=(), freezes=(), *, first=FIRST, last=LAST, count=3):
    return slots.nearest_free(span(), ELEVEN, CHICAGO, windows, freezes, first=first, last=last, count=count)


def test_the_nearest_days_come_first_and_the_later_of_two_equally_near():
    assert free() == [date(2026, 12, 16), date(2026, 12, 14), date(2026, 12, 17)]


def test_the_wanted_day_itself_is_never_proposed():
    assert TUESDAY not in free(count=60)


def test_a_weekend_is_never_proposed():
    assert {on.weekday() for on in free(count=60)} == {0, 1, 2, 3, 4}


def test_a_day_that_another_system_has_is_passed_over():
    assert free([span(7, system=PACS, on=date(2026, 12, 16))], count=1) == [date(2026, 12, 14)]


def test_a_freeze_is_passed_over():
    assert free(freezes=[frozen((2026, 12, 1), (2027, 1, 4))], count=1) == [date(2026, 11, 30)]


def test_nothing_is_proposed_outside_the_days_that_were_asked_for():
    assert free(first=date(2026, 12, 15), last=date(2026, 12, 16)) == [date(2026, 12, 16)]


def test_there_may_be_no_free_day_at_all():
    assert free(freezes=[frozen((2026, 11, 1), (2027, 3, 1))]) == []


def test_a_day_across_a_change_of_clocks_keeps_the_wall_time_and_the_length():
    lying = slots.span_on(span(), date(2027, 3, 16), ELEVEN, CHICAGO)
    assert (clock.local(lying.starts_at, CHICAGO).time(), lying.ends_at - lying.starts_at) == (
        ELEVEN,
        timedelta(minutes=15),
    )


@given(TAKEN)
def test_what_is_proposed_clashes_with_nothing(taken):
    windows = [span(number, system=PACS, on=on) for number, on in enumerate(taken)]
    proposed = [slots.span_on(span(), on, ELEVEN, CHICAGO) for on in free(windows)]
    assert [each for each in proposed if clashes(each, windows, [])] == []


@given(TAKEN)
def test_no_free_day_lies_nearer_than_those_proposed(taken):
    windows = [span(number, system=PACS, on=on) for number, on in enumerate(taken)]
    distances = [abs((on - TUESDAY).days) for on in free(windows, count=100)]
    assert distances == sorted(distances)
