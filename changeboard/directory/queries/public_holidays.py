"""The public holidays of the platform's country, and what day it is there."""

from datetime import date, datetime
from functools import lru_cache

import holidays
from django.conf import settings

from changeboard import clock
from changeboard.people.models import platform_time_zone


@lru_cache(maxsize=4)
def _of(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def public_holidays() -> holidays.HolidayBase:
    """Day → its name; years are added as they are asked for."""
    return _of(str(settings.PLATFORM_COUNTRY))


def holiday(on: date) -> str:
    """The public holiday's name, empty on any other day."""
    return str(public_holidays().get(on) or "")


def today(now: datetime) -> date:
    """The day in the platform's zone."""
    return clock.local_date(now, platform_time_zone())
