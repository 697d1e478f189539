"""From the dates of a rule to windows: what is still to be made. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from changeboard import clock


@dataclass(frozen=True)
class Slot:
    """One date of a cadence with the instants that follow from it (UTC)."""

    on: date
    starts_at: datetime
    ends_at: datetime


def slot(on: date, wall: time, zone: str, length_seconds: int) -> Slot:
    """11:00 local stays 11:00 local; a time that does not exist that day moves to the next that does."""
    starts_at = clock.at_wall(on, wall, zone)
    return Slot(on, starts_at, starts_at + timedelta(seconds=length_seconds))


def still_to_make(
    dates: Iterable[date],
    made: Collection[date | None],
    wall: time,
    zone: str,
    length_seconds: int,
    *,
    now: datetime,
) -> list[Slot]:
    """The dates that have no window yet and do not lie in the past. A date that was made once is never
    made again, whatever became of its window."""
    slots = (slot(on, wall, zone, length_seconds) for on in sorted(set(dates)) if on not in made)
    return [each for each in slots if each.starts_at > now]


def month_reference(code: str, on: date, taken: Collection[str]) -> str:
    """RIS-2026-12; a second window of the month is RIS-2026-12b, then c. References are never reused."""
    plain = f"{code}-{on:%Y-%m}"
    if plain not in taken:
        return plain
    return next(name for letter in "bcdefghijklmnopqrstuvwxyz" if (name := f"{plain}{letter}") not in taken)
