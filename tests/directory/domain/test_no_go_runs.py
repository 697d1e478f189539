import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from changeboard.directory.domain.no_go_runs import DAY, Run, runs

DAYS = st.sets(st.dates(date(2026, 12, 1), date(2027, 1, 20)))


def test_days_that_follow_each_other_are_one_run():
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 14)]
    assert runs(days) == [
        Run(date(2026, 12, 14), date(2026, 12, 14)),
        Run(date(2026, 12, 31), date(2027, 1, 1)),
    ]


@settings(max_examples=60)
@given(DAYS)
def test_the_runs_hold_each_day_once_and_no_two_of_them_touch(days):
    found = runs(days)
    assert [day for run in found for day in run.days] == sorted(days)
    assert all(one.last + DAY < other.first for one, other in itertools.pairwise(found))
