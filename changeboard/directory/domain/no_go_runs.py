"""Days that follow each other, as one run: “14 to 18 December”. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """From `first` until `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * number for number in range((self.last - self.first).days + 1)]


def runs(days: Iterable[date]) -> list[Run]:
    """The days as the fewest runs that hold them all and no other, in order."""
    found: list[Run] = []
    for day in sorted(set(days)):
        if found and found[-1].last + DAY == day:
            found[-1] = Run(found[-1].first, day)
        else:
            found.append(Run(day, day))
    return found
