"""What a pipeline is told that asks whether it may: Go opens a system, not the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from maintenance.domain.opening import Opening, Planned, Why, opening

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
END = START + timedelta(minutes=15)
HOUR = timedelta(hours=1)


def planned(state="planned", held=False):
    return Planned("RIS-2026-12", START, END, state, held)


@pytest.mark.parametrize(
    ("windows", "frozen_until", "now", "answer"),
    [
        ([planned("in_progress")], None, START, Opening(True, Why.UNDER_WAY, "RIS-2026-12", END)),
        ([planned("in_progress")], None, END + HOUR, Opening(True, Why.UNDER_WAY, "RIS-2026-12", None)),
        ([planned("verifying")], None, START, Opening(False, Why.VERIFYING, "RIS-2026-12", None)),
        ([planned()], None, START, Opening(False, Why.NOT_STARTED, "RIS-2026-12", END)),
        ([planned()], None, START - HOUR, Opening(False, Why.NO_WINDOW, "RIS-2026-12", START)),
        ([planned(held=True)], None, START, Opening(False, Why.NO_WINDOW, "", None)),
        ([planned()], END + HOUR, START, Opening(False, Why.FROZEN, "", END + HOUR)),
        ([], None, START, Opening(False, Why.NO_WINDOW, "", None)),
    ],
)
def test_go_opens_a_system_and_every_no_says_why_and_until_when(windows, frozen_until, now, answer):
    assert opening(windows, frozen_until, now) == answer
