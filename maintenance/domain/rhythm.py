"""How windows recur, as a person says it, and as RFC 5545 writes it. Pure.

"The third Tuesday of each month" ⇄ FREQ=MONTHLY;BYDAY=3TU. A rule that says more than a rhythm can is
kept as it is written; it reads as None here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from changeboard.refusal import Reason

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
MOST_APART = 12
PARTS = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*")
# Finer than weeks nothing is released, hours come from the start time, and a cadence is ended by a person.
FREQUENCIES = ("WEEKLY", "MONTHLY", "YEARLY")
REFUSED = {"BYHOUR", "BYMINUTE", "BYSECOND", "COUNT", "UNTIL"}
ALLOWED = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST"}


class Unit(StrEnum):
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True)
class Rhythm:
    """One weekday (Monday is 0) of every n-th month or week; `place` in the month is 1 to 5, or -1: the last.

    In weeks `place` is 0.
    """

    unit: Unit
    every: int
    weekday: int
    place: int = 0


def rule(rhythm: Rhythm) -> str:
    """The rhythm as an RFC 5545 RRULE (section 3.3.10)."""
    interval = f";INTERVAL={rhythm.every}" if rhythm.every > 1 else ""
    place = str(rhythm.place) if rhythm.unit is Unit.MONTH else ""
    frequency = "MONTHLY" if rhythm.unit is Unit.MONTH else "WEEKLY"
    return f"FREQ={frequency}{interval};BYDAY={place}{DAYS[rhythm.weekday]}"


def read(text: str) -> Rhythm | None:
    """The rhythm that a rule says, in whatever order its parts stand; None when it says more than one can."""
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    found = re.fullmatch(r"\+?(-?[1-5])?([A-Z]{2})", parts.pop("BYDAY", ""))
    frequency, every = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1")
    if parts.pop("WKST", "MO") != "MO" or parts or not found or found[2] not in DAYS:
        return None
    if not every.isascii() or not every.isdecimal() or not 1 <= int(every) <= MOST_APART:
        return None
    place, weekday = int(found[1] or 0), DAYS.index(found[2])
    if frequency == "MONTHLY" and place in PLACES:
        return Rhythm(Unit.MONTH, int(every), weekday, place)
    return Rhythm(Unit.WEEK, int(every), weekday) if frequency == "WEEKLY" and not place else None


def words(rhythm: Rhythm) -> str:
    """Third Tuesday of every month; Wednesday of every 2nd week."""
    weekday = WEEKDAYS[rhythm.weekday]
    which = f"{PLACES[rhythm.place]} {weekday}" if rhythm.unit is Unit.MONTH else weekday
    return f"{which} of every {_ordinal(rhythm.every)}{rhythm.unit.value}"


def short(rhythm: Rhythm) -> str:
    """The same where room is scarce: third Tue, Wed every 2 weeks."""
    weekday = WEEKDAYS[rhythm.weekday][:3]
    which = f"{PLACES[rhythm.place]} {weekday}" if rhythm.unit is Unit.MONTH else weekday
    return which if rhythm.every == 1 else f"{which} every {rhythm.every} {rhythm.unit.value}s"


def _ordinal(every: int) -> str:
    return "" if every == 1 else f"{every}{ {2: 'nd', 3: 'rd'}.get(every, 'th') } "


def faults(text: str) -> list[Reason]:
    """What is wrong with a rule as it is written, as far as that shows without its dates."""
    if not PARTS.fullmatch(text):
        return [Reason("cadence.rule_unreadable", {}, "rrule")]
    names = [part.split("=", 1)[0] for part in text.split(";")]
    parts = dict(part.split("=", 1) for part in text.split(";"))
    found = [Reason("cadence.rule_part", {"part": name}, "rrule") for name in names if name in REFUSED]
    unknown = sorted(set(names) - ALLOWED - REFUSED)
    if unknown or len(names) != len(set(names)):
        found.append(Reason("cadence.rule_unreadable", {}, "rrule"))
    if parts.get("FREQ") not in FREQUENCIES:
        found.append(Reason("cadence.rule_frequency", {}, "rrule"))
    return found


def gaps(rhythm: Rhythm | None, dates: Iterable[date]) -> list[date]:
    """The months (their first days) between the first and the last date in which the rhythm finds no day.

    Only the fifth weekday leaves gaps: it exists in four or five months of a year (NOTICES.md section 6).
    """
    months = sorted({on.replace(day=1) for on in dates})
    if rhythm is None or rhythm.unit is not Unit.MONTH or len(months) < 2:
        return []
    missing, month = [], months[0]
    while month < months[-1]:
        if month not in months:
            missing.append(month)
        for _ in range(rhythm.every):
            month = (month + timedelta(days=32)).replace(day=1)
    return missing
