"""Working days: Monday to Friday, without public holidays. Pure."""

from collections.abc import Container
from datetime import date, timedelta


def after(day: date, count: int, free: Container[date]) -> date:
    """The `count`th working day after `day`, which itself never counts. `free` holds the public holidays."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            count -= 1
    return day


def before(day: date, count: int, free: Container[date]) -> date:
    """The latest day from which the `count`th working day is not later than `day`."""
    found = day
    while after(found, count, free) > day:
        found -= timedelta(days=1)
    return found
