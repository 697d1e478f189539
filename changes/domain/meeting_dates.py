"""From the rule to the days on which the board meets (PRODUCT.md section 7). Pure, on local dates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(weeks=1)
# A meeting moves less than a week: further away it would stand in the way of the next one.
FURTHEST_DAYS = 6

Holiday = Callable[[date], str]


class OnHoliday(StrEnum):
    """What becomes of a meeting whose day is a public holiday."""

    SKIP = "skip"
    LATER = "later"
    EARLIER = "earlier"


@dataclass(frozen=True)
class Rhythm:
    """A weekday (Monday is 0) of every n-th week, counted from the week in which `counted_from` lies."""

    weekday: int
    every_weeks: int
    counted_from: date
    on_holiday: OnHoliday


@dataclass(frozen=True)
class Sitting:
    """One date of the rule: its week's Monday, its regular day, and the day it is held; None: it is skipped."""

    week_on: date
    regular_on: date
    on: date | None
    holiday: str = ""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sittings(rhythm: Rhythm, first: date, last: date, holiday: Holiday) -> Iterator[Sitting]:
    """The rule's dates whose regular day lies between two days, both included, in order.

    `holiday` says the name of the public holiday on a day, nothing on any other.
    """
    week = monday(first)
    while week <= last:
        regular = week + timedelta(days=rhythm.weekday)
        if first <= regular <= last and _is_counted(rhythm, week):
            name = holiday(regular)
            held = _elsewhere(rhythm.on_holiday, regular, holiday) if name else regular
            yield Sitting(week, regular, held, name)
        week += WEEK


def _is_counted(rhythm: Rhythm, week: date) -> bool:
    return (week - monday(rhythm.counted_from)).days // 7 % rhythm.every_weeks == 0


def _elsewhere(choice: OnHoliday, regular: date, holiday: Holiday) -> date | None:
    """The next working day, or two working days before: the day before a holiday people are on their way."""
    if choice is OnHoliday.SKIP:
        return None
    step, wanted = (1, 1) if choice is OnHoliday.LATER else (-1, 2)
    days = [regular + timedelta(days=step * away) for away in range(1, FURTHEST_DAYS + 1)]
    working = [day for day in days if day.weekday() < 5 and not holiday(day)]
    return working[wanted - 1] if len(working) >= wanted else None
