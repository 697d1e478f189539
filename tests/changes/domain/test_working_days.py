from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.working_days import after

THANKSGIVING = frozenset({date(2026, 11, 26)})
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 9), date(2026, 11, 16)),
        (date(2026, 11, 14), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 30)),
    ],
)
def test_five_working_days_skip_weekends_and_holidays(day, due):
    assert after(day, 5, THANKSGIVING) == due


@given(days, st.integers(1, 30), st.frozensets(days, max_size=20))
def test_a_working_day_is_neither_at_a_weekend_nor_free(day, count, free):
    found = after(day, count, free)
    assert (found > day, found.weekday() < 5, found in free) == (True, True, False)


@given(days, st.integers(1, 30))
def test_one_more_working_day_is_later(day, count):
    assert after(day, count, ()) < after(day, count + 1, ())
