"""Times, leads and lengths as a mail says them: the reader's zone and US locale, then UTC in 24 hours.

Pure text; which sentence they stand in is the templates' affair (design: "To clients").
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from changeboard import clock
from maintenance.domain.lengths import length as length

# "What goes on: …", a line that begins with the name of what it tells.
NAMED = re.compile(r" *[^\W\d_][^.:?!]{0,40}: ")


def lead(now: datetime, starts_at: datetime, zone: str) -> str:
    """How far off the start truly is, on the reader's calendar: "tomorrow", "in 9 days", "in two weeks"."""
    days = (clock.local_date(starts_at, zone) - clock.local_date(now, zone)).days
    named = {0: "today", 1: "tomorrow", 7: "in one week", 14: "in two weeks"}
    return named.get(days, f"in {days} days" if days > 0 else "now")


def zone_name(instant: datetime, zone: str) -> str:
    """MST, GMT, JST; where a zone has no letters, its offset: UTC+05:45."""
    name = clock.local(instant, zone).tzname() or "UTC"
    if name[0] not in "+-":
        return name
    return f"UTC{name[:3]}:{name[3:] or '00'}"


def long_day(instant: datetime, zone: str) -> str:
    """Tuesday, December 15, 2026."""
    there = clock.local(instant, zone)
    return f"{there:%A, %B} {there.day}, {there.year}"


def short_day(instant: datetime, zone: str) -> str:
    """Tue, Dec 15, 2026."""
    there = clock.local(instant, zone)
    return f"{there:%a, %b} {there.day}, {there.year}"


def clock_time(instant: datetime, zone: str, *, named: bool = True) -> str:
    """10:00 AM MST."""
    there = clock.local(instant, zone)
    bare = f"{there.hour % 12 or 12}:{there:%M %p}"
    return f"{bare} {zone_name(instant, zone)}" if named else bare


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """10:00–10:15 AM MST; both halves of the day are named when noon lies between, both days at midnight."""
    first, last = clock_time(starts_at, zone, named=False), clock_time(ends_at, zone, named=False)
    if clock.local_date(starts_at, zone) != clock.local_date(ends_at, zone):
        return f"{clock_time(starts_at, zone)} to {short_day(ends_at, zone)}, {clock_time(ends_at, zone)}"
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first}–{last} {zone_name(starts_at, zone)}"


def utc_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """17:00–17:15 UTC, with the day where the reader's calendar shows another one."""
    first, last = clock.local(starts_at, "UTC"), clock.local(ends_at, "UTC")
    day = "" if first.date() == clock.local_date(starts_at, zone) else f"{first:%a}, {first:%b} {first.day}, "
    return f"{day}{first:%H:%M}–{last:%H:%M} UTC"


def utc_time(instant: datetime) -> str:
    return f"{clock.local(instant, 'UTC'):%H:%M} UTC"


def greeting(phrases: tuple[str, str, str], now: datetime, zone: str, name: str = "") -> str:
    """“Good morning, Alex Kim,”: the phrase of the reader's own hour, of (morning, afternoon, evening)."""
    hour = clock.local(now, zone).hour
    phrase = phrases[0 if hour < 12 else 1 if hour < 18 else 2]
    return f"{phrase}, {name}," if name else f"{phrase},"


def broken(line: str, width: int = 72) -> str:
    """One line of plain text as several of at most `width` letters; a longer word, an address, is left whole.

    What follows hangs below the words it belongs to: below a name and its colon by two blanks.
    """
    if len(line) <= width:
        return line
    found, present, hang = [], "", " " * (len(line) - len(line.lstrip(" ")))
    hang += "  " if NAMED.match(line) else ""
    for number, word in enumerate(line.split(" ")):
        if present.strip() and len(present) + 1 + len(word) > width:
            found.append(present.rstrip())
            present = word if "://" in word else f"{hang}{word}"
        else:
            present = f"{present} {word}" if number else word
    return "\n".join([*found, present])


def ended(text: str) -> str:
    """With a full stop, where nothing ends it yet."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


@dataclass(frozen=True)
class Times:
    """A window's times for one reader. `elsewhere`: the platform's clock, empty when it shows the same."""

    day: str
    short_day: str
    brief_day: str
    span: str
    start: str
    start_bare: str
    end: str
    end_bare: str
    utc: str
    elsewhere: str


def times(starts_at: datetime, ends_at: datetime, zone: str, platform_zone: str) -> Times:
    same_clock = clock.local(starts_at, zone).utcoffset() == clock.local(starts_at, platform_zone).utcoffset()
    return Times(
        day=long_day(starts_at, zone),
        short_day=short_day(starts_at, zone),
        brief_day=short_day(starts_at, zone).rsplit(",", 1)[0],
        span=span(starts_at, ends_at, zone),
        start=clock_time(starts_at, zone),
        start_bare=clock_time(starts_at, zone, named=False),
        end=clock_time(ends_at, zone),
        end_bare=clock_time(ends_at, zone, named=False),
        utc=utc_span(starts_at, ends_at, zone),
        elsewhere="" if same_clock else _elsewhere(starts_at, ends_at, zone, platform_zone),
    )


def _elsewhere(starts_at: datetime, ends_at: datetime, zone: str, platform_zone: str) -> str:
    """11:00–11:15 AM in Chicago; with the day where it is another one there."""
    there = span(starts_at, ends_at, platform_zone).rsplit(" ", 1)[0]
    city = platform_zone.rsplit("/", 1)[-1].replace("_", " ")
    other_day = clock.local_date(starts_at, platform_zone) != clock.local_date(starts_at, zone)
    return f"{short_day(starts_at, platform_zone) + ', ' if other_day else ''}{there} in {city}"


def took(seconds: int | None, started_at: datetime | None, ended_at: datetime | None) -> str:
    """How long it really was: the stopwatch if it ran, else start to end; empty when neither is known."""
    if seconds is None and started_at is not None and ended_at is not None:
        seconds = int((ended_at - started_at) / timedelta(seconds=1))
    return length(seconds) if seconds is not None else ""
