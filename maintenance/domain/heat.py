"""A usual week of a month as 7 × 24 cells: how many orders each hour hits, and where free slots lie. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from changeboard import clock
from maintenance.domain.slot_search import Slot
from maintenance.domain.volume import Series
from maintenance.domain.volume_file import DAYS

# Steps of the colour, the busiest hour being the last; numbers stand beside it.
LEVELS = 6


@dataclass(frozen=True)
class Cell:
    """One hour of the week: orders an hour, how much of the busiest that is, free slots of the month in it."""

    hour: int
    orders: float
    percent: int
    free: int

    @property
    def level(self) -> int:
        """0 where nothing is hit, then 1 to 5 in equal steps of the busiest hour."""
        return min(-(-self.percent * (LEVELS - 1) // 100), LEVELS - 1)

    @property
    def shown(self) -> str:
        """38, or 9.5 below ten."""
        return f"{self.orders:.0f}" if self.orders >= 10 else f"{self.orders:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Row:
    weekday: int
    cells: tuple[Cell, ...]

    @property
    def day(self) -> str:
        return DAYS[self.weekday][:3].capitalize()


def week(
    series: Series | None, days: Iterable[date], zone: str, off: Collection[date], slots: Iterable[Slot]
) -> list[Row]:
    """Seven rows from Monday on: of each weekday its first among `days` that is no holiday stands for all."""
    free = Counter((slot.on.weekday(), slot.wall.hour) for slot in slots)
    usual = _usual_days(list(days), off)
    orders = {
        (weekday, hour): series.hourly(clock.at_wall(on, time(hour), zone)) if series else 0.0
        for weekday, on in usual.items()
        for hour in range(24)
    }
    most = max(orders.values(), default=0.0)
    return [
        Row(
            weekday,
            tuple(
                Cell(hour, orders[weekday, hour], share(orders[weekday, hour], most), free[weekday, hour])
                for hour in range(24)
            ),
        )
        for weekday in sorted(usual)
    ]


def share(part: float, most: float) -> int:
    """Whole per cent."""
    return round(100 * part / most) if most else 0


def _usual_days(days: list[date], off: Collection[date]) -> dict[int, date]:
    """Weekday → the day that stands for it; a holiday only where the month has no other, so it goes beyond it."""
    found: dict[int, date] = {}
    further = [days[-1] + timedelta(days=number) for number in range(1, 15)] if days else []
    for on in [*days, *further]:
        if on not in off:
            found.setdefault(on.weekday(), on)
    return found
