"""Six months ahead, as somebody who is signed in sees them."""

from datetime import date, time

import pytest

from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, CadenceFactory, FreezeFactory, WindowFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
ELSEWHERE = (date(2027, 1, 19), date(2027, 2, 16))


def test_the_horizon_reaches_from_the_next_window_to_its_own_end(client, reader):
    WindowFactory(on=date(2026, 11, 17), state="completed", finished_at=NOW)
    WindowFactory()
    horizon = client.get("/calendar/horizon/").context["horizon"]
    assert (horizon.months[0], horizon.months[-1], horizon.ends_on) == (
        date(2026, 12, 1),
        date(2027, 5, 1),
        date(2027, 5, 25),
    )


def test_the_horizon_has_each_system_s_windows_month_by_month_and_what_is_left(client, riding):
    system = WindowFactory().system
    for on in ELSEWHERE:
        WindowFactory(system=system, on=on)
    CadenceFactory(system=system)
    (row,) = client.get("/calendar/horizon/").context["horizon"].systems
    assert ([len(month) for month in row.months], row.rhythm) == ([1, 1, 1, 0, 0, 0], "third Tue, 11:00")
    assert (row.budget, row.left) == (3 * 900, 3 * (900 - 420))


def test_the_horizon_can_be_had_for_one_system_in_another_zone(client, reader):
    WindowFactory(on=date(2026, 12, 31), start_time=time(22))
    SystemFactory(code="PACS")
    horizon = client.get("/calendar/horizon/?system=RIS&tz=Europe/London").context["horizon"]
    (row,) = horizon.systems
    assert (horizon.months[0], [str(card.day) for card in row.months[0]]) == (
        date(2027, 1, 1),
        ["2027-01-01"],
    )


def test_a_freeze_over_the_new_year_is_said_in_both_months(client, reader):
    WindowFactory()
    FreezeFactory()
    freezes = client.get("/calendar/horizon/").context["horizon"].freezes
    assert [[frozen.begins for frozen in month] for month in freezes[:3]] == [[True], [False], []]
