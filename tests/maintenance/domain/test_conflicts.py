from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain.conflicts import clashes, overlaps
from tests.maintenance.domain.pictures import PACS, RIS, TUESDAY, frozen, span

MINUTES = st.integers(0, 10_000).map(lambda minutes: span().starts_at + timedelta(minutes=minutes))


def codes(wanted, windows=(), freezes=()):
    return [reason.code for reason in clashes(wanted, windows, freezes)]


def test_a_window_clashes_with_nothing_on_an_empty_calendar():
    assert codes(span()) == []


def test_a_window_does_not_clash_with_itself():
    assert codes(span(7), [span(7)]) == []


def test_a_window_not_yet_saved_clashes_with_another_not_yet_saved():
    assert codes(span(), [span()]) == ["window.overlaps"]


def test_a_system_has_one_window_a_day():
    assert codes(span(), [span(7, wall=time(15))]) == ["window.overlaps"]


def test_a_system_s_windows_never_overlap_across_midnight():
    evening = span(7, on=date(2026, 12, 14), wall=time(23), seconds=13 * 3600)
    assert codes(span(), [evening]) == ["window.overlaps"]


def test_two_systems_never_release_on_the_same_platform_day():
    assert codes(span(), [span(7, system=PACS, wall=time(20))]) == ["window.day_taken"]


def test_another_system_may_release_the_day_before():
    assert codes(span(), [span(7, system=PACS, on=date(2026, 12, 14))]) == []


def test_a_reason_names_the_clash_and_the_field():
    (reason,) = clashes(span(), [span(7, system=PACS)], [])
    assert (dict(reason.facts), reason.field) == ({"window": "W-7", "on": TUESDAY}, "on")


@pytest.mark.parametrize(
    ("freeze", "found"),
    [
        (frozen((2026, 12, 15), (2026, 12, 16)), ["window.in_freeze"]),
        (frozen((2026, 12, 15), (2026, 12, 16), systems=[RIS]), ["window.in_freeze"]),
        (frozen((2026, 12, 15), (2026, 12, 16), systems=[PACS]), []),
        (frozen((2026, 12, 15), (2026, 12, 16), hard=False), []),
        (frozen((2026, 12, 16), (2026, 12, 17)), []),
        (frozen((2026, 12, 1), (2026, 12, 15)), []),
    ],
)
def test_a_hard_freeze_holds_for_its_own_days_and_systems(freeze, found):
    assert codes(span(), freezes=[freeze]) == found


def test_every_reason_is_named_at_once():
    windows = [span(7), span(8, system=PACS)]
    found = codes(span(), windows, [frozen((2026, 12, 14), (2026, 12, 20))])
    assert found == ["window.overlaps", "window.day_taken", "window.in_freeze"]


def test_a_window_may_begin_at_the_instant_at_which_another_ends():
    first = span()
    assert (
        overlaps(first.starts_at, first.ends_at, first.ends_at, first.ends_at + timedelta(hours=1)) is False
    )


@given(MINUTES, MINUTES, MINUTES, MINUTES)
def test_overlapping_is_mutual(start, end, other_start, other_end):
    assert overlaps(start, end, other_start, other_end) == overlaps(other_start, other_end, start, end)
