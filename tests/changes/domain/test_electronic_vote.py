from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain.electronic_vote import due, end, reminders
from changes.domain.quorum import Seat, count

AT = datetime(2026, 11, 17, 16, tzinfo=UTC)
SEATS = [Seat(number, f"M{number}", number % 4) for number in range(6)]
WORDS = {"a": "approve", "o": "object", "-": "abstain"}


def test_reminders_go_out_half_way_and_two_hours_before_the_end():
    assert reminders(AT, AT + timedelta(hours=24)) == (AT + timedelta(hours=12), AT + timedelta(hours=22))


def test_a_short_vote_has_one_reminder():
    assert reminders(AT, AT + timedelta(hours=3)) == (AT + timedelta(minutes=90),)


@given(st.integers(1, 400), st.integers(0, 500), st.integers(0, 500))
def test_reminders_only_ever_become_more_and_all_come_before_the_end(hours, first, second):
    ends_at = AT + timedelta(hours=hours)
    early, late = (AT + timedelta(hours=each) for each in sorted((first, second)))
    assert due(AT, ends_at, early) <= due(AT, ends_at, late) <= len(reminders(AT, ends_at))
    assert all(AT < each < ends_at for each in reminders(AT, ends_at))


@pytest.mark.parametrize(
    ("votes", "barred", "is_over", "ends"),
    [
        ("aaa", [], False, ""),
        ("aaaa", [], False, "decided"),
        ("oooo", [], False, "decided"),
        ("aaaooo", [], False, ""),
        ("aaaooo", [], True, "tie"),
        ("------", [], False, "hopeless"),
        ("", [0, 1, 2, 3], False, "no_quorum"),
        ("aa", [], True, "no_quorum"),
        ("aao", [], True, "decided"),
        ("", [], True, "no_quorum"),
    ],
)
def test_how_a_vote_between_meetings_ends(votes, barred, is_over, ends):
    cast = {place: WORDS[vote] for place, vote in enumerate(votes)}
    assert end(count(SEATS, cast, barred=barred, is_over=is_over), is_over=is_over) == ends
