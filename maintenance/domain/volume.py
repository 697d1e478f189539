"""How busy the platform is by hour of the week, and how much of that a span of time hits. Pure.

Whole numbers throughout (hundredths of an order an hour), so that a sum taken quickly and one taken hour by
hour are the same to the last digit.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from operator import add

from changeboard import clock

HOURS = 168
SATURDAY, SUNDAY = 5, 6
# Every zone's clock stands a whole number of quarters from UTC.
QUARTER_SECONDS = 900
QUARTERS_A_WEEK = HOURS * 4
# How a week is kept: 2 × 168 whole numbers of six bytes.
WIDTH = 6
PACKED_BYTES = 2 * HOURS * WIDTH
# Urgent studies (STAT, stroke) count this often unless told otherwise (FIELD: the lowest hour is not always the
# least harmful).
URGENT_WEIGHT = 5


@dataclass(frozen=True)
class Week:
    """Hundredths of an order an hour, Monday 00:00 first, on one wall clock. `urgent` are among `orders`."""

    orders: tuple[int, ...]
    urgent: tuple[int, ...]

    def weighed(self, weight: int) -> tuple[int, ...]:
        """Each hour with its urgent orders counted `weight` times."""
        return tuple(map(lambda all_, urgent: all_ + (weight - 1) * urgent, self.orders, self.urgent))

    @property
    def total(self) -> int:
        return sum(self.orders)

    def packed(self) -> bytes:
        """As it is kept: 168 times the orders, 168 times the urgent ones, each a whole number of six bytes."""
        return b"".join(number.to_bytes(WIDTH, "big") for number in (*self.orders, *self.urgent))

    @classmethod
    def unpacked(cls, data: bytes) -> "Week":
        numbers = [int.from_bytes(data[at : at + WIDTH], "big") for at in range(0, PACKED_BYTES, WIDTH)]
        return cls(tuple(numbers[:HOURS]), tuple(numbers[HOURS:]))


def added(packed: Iterable[bytes]) -> Week:
    """The sum of packed weeks. Each is read as one long number: two thousand add up in milliseconds, and an
    hour cannot overflow into the next below 280,000 clients."""
    whole = sum(int.from_bytes(each, "big") for each in packed)
    return Week.unpacked(whole.to_bytes(PACKED_BYTES, "big"))


def busiest_as_holiday(hours: Sequence[int], weekday: int) -> list[int]:
    """The 24 hours of a holiday that falls on `weekday`: each as busy as at the weekend, if that is busier."""
    days = {weekday, SATURDAY, SUNDAY}
    return [max(hours[day * 24 + hour] for day in days) for hour in range(24)]


@dataclass(frozen=True)
class Volumes:
    """What is known of the volume that a window would hit.

    `platform` (None: nothing was loaded) is on the clock of `zone` and counts `of` clients; `own` sums by zone
    what the affected clients themselves see; `without` affected clients have no figures of their own and
    count with their share of the platform's.
    """

    platform: Week | None
    zone: str
    own: Mapping[str, Week]
    without: int
    of: int
    weight: int = URGENT_WEIGHT

    @property
    def is_known(self) -> bool:
        return self.platform is not None or bool(self.own)

    @property
    def scale(self) -> int:
        """What a sum over seconds is divided by to give orders."""
        return max(self.of, 1) * 100 * 3600

    def tables(self) -> list[tuple[str, tuple[int, ...]]]:
        """Zone and 168 hours of each part, all of one scale."""
        parts = [
            (zone, tuple(max(self.of, 1) * n for n in week.weighed(self.weight)))
            for zone, week in self.own.items()
        ]
        if self.platform is not None and self.without:
            shared = tuple(self.without * n for n in self.platform.weighed(self.weight))
            parts.append((self.zone, shared))
        return parts


class Series:
    """The volume of each quarter of an hour over a stretch of days, summed up: any span is two look-ups."""

    def __init__(self, volumes: Volumes, start: datetime, days: int, holidays: Iterable[date] = ()) -> None:
        """`start` is an instant (UTC) on a whole hour; `holidays` are days of each zone's own calendar."""
        self.start, self.scale = start, volumes.scale
        self.length = days * 96
        days_off = sorted(holidays)
        self.quarters = [0] * self.length
        for zone, hours in volumes.tables():
            self.quarters = list(map(add, self.quarters, self._in_zone(zone, hours, days_off)))
        self.sums = list(accumulate(self.quarters, initial=0))

    def orders(self, start: datetime, end: datetime) -> float:
        """Orders (urgent ones weighed) between two instants, minutes prorated."""
        return (self._until(end) - self._until(start)) / self.scale

    def hourly(self, instant: datetime) -> float:
        """Orders an hour at an instant."""
        place = self._seconds(instant) // QUARTER_SECONDS
        return self.quarters[place] * 3600 / self.scale if 0 <= place < self.length else 0.0

    def _seconds(self, instant: datetime) -> int:
        return int((instant - self.start).total_seconds())

    def _until(self, instant: datetime) -> int:
        seconds = min(max(self._seconds(instant), 0), self.length * QUARTER_SECONDS)
        place, rest = divmod(seconds, QUARTER_SECONDS)
        inside = self.quarters[place] * rest if rest else 0
        return self.sums[place] * QUARTER_SECONDS + inside

    def _in_zone(self, zone: str, hours: tuple[int, ...], holidays: Sequence[date]) -> list[int]:
        week = [hour for hour in hours for _ in range(4)]
        weeks = week * (self.length // QUARTERS_A_WEEK + 3)
        runs = self._runs(zone)
        found: list[int] = []
        for (place, offset), following in zip(
            runs, [*(run[0] for run in runs[1:]), self.length], strict=True
        ):
            first = self._quarter_of_week(place, offset)
            found += weeks[first : first + following - place]
        for on in holidays:
            self._put_holiday(found, on, zone, hours, runs)
        return found

    def _put_holiday(
        self, found: list[int], on: date, zone: str, hours: tuple[int, ...], runs: list[tuple[int, int]]
    ) -> None:
        day = busiest_as_holiday(hours, on.weekday())
        first, last = (
            self._seconds(clock.at_wall(each, time(0), zone)) // QUARTER_SECONDS
            for each in (on, on + timedelta(1))
        )
        starts = [place for place, _ in runs]
        for place in range(max(first, 0), min(last, self.length)):
            offset = runs[bisect_right(starts, place) - 1][1]
            found[place] = day[self._quarter_of_week(place, offset) // 4 % 24]

    def _quarter_of_week(self, place: int, offset: int) -> int:
        midnight = self.start.replace(hour=0, minute=0)
        begun = self.start.weekday() * 96 + int((self.start - midnight).total_seconds()) // QUARTER_SECONDS
        return (begun + place + offset) % QUARTERS_A_WEEK

    def _runs(self, zone: str) -> list[tuple[int, int]]:
        """(first quarter, quarters ahead of UTC) of each stretch between two changes of the zone's clock."""
        runs = [(0, self._offset(0, zone))]
        for place in range(96, self.length + 96, 96):
            before, after = max(place - 97, 0), place - 1
            if self._offset(after, zone) == runs[-1][1]:
                continue
            while after - before > 1:
                middle = (before + after) // 2
                if self._offset(middle, zone) == runs[-1][1]:
                    before = middle
                else:
                    after = middle
            runs.append((after, self._offset(after, zone)))
        return runs

    def _offset(self, place: int, zone: str) -> int:
        instant = self.start + timedelta(seconds=place * QUARTER_SECONDS)
        offset = clock.local(instant, zone).utcoffset() or timedelta()
        return int(offset.total_seconds()) // QUARTER_SECONDS
