"""The dates that a rule gives, with their instants and the public holidays of the platform's country."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from changeboard import clock
from changeboard.directory.queries.public_holidays import holiday
from changeboard.people.models import platform_time_zone
from changes.domain import meeting_dates
from changes.domain.meeting_dates import Sitting
from changes.models import MeetingRule

SHOWN = 8
FAR = timedelta(weeks=110)


@dataclass(frozen=True)
class Dated:
    """A sitting with its instants (UTC); those of one that is skipped are its regular ones."""

    sitting: Sitting
    starts_at: datetime
    ends_at: datetime


def dated(rule: MeetingRule, first: date, last: date) -> list[Dated]:
    """The rule's dates between two days. The local time stays the same across daylight saving. No query."""
    zone = platform_time_zone()
    found = []
    for sitting in meeting_dates.sittings(rule.rhythm, first, last, holiday):
        starts_at = clock.at_wall(sitting.on or sitting.regular_on, rule.start_time, zone)
        found.append(Dated(sitting, starts_at, starts_at + timedelta(minutes=rule.length_minutes)))
    return found


def coming(rule: MeetingRule, *, now: datetime) -> list[Dated]:
    """The next dates of a rule, as its page previews them; with those that a holiday takes. No query."""
    today = clock.local_date(now, platform_time_zone())
    return [each for each in dated(rule, today, today + FAR) if each.starts_at > now][:SHOWN]
