"""`{% when %}` and its relatives: the only way a time is printed."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from changeboard import clock, time_words

register = template.Library()


def shown_zone(context: Context, zone: str) -> str:
    """The zone asked for, else the page's ("times in"), else the platform's."""
    return zone or str(context.get("times_in") or settings.PLATFORM_TIME_ZONE)


def ends(thing: Any, until: datetime | None) -> tuple[Any, datetime | None]:
    """Start and end of an instant or of anything with `starts_at` and `ends_at`."""
    if thing is None or isinstance(thing, datetime):
        return thing, until
    return thing.starts_at, until or thing.ends_at


# A page prints the same instants again and again, and so does the next reader's.
@lru_cache(maxsize=4096)
def printed(
    start: datetime, end: datetime | None, zone: str, *, date: bool, year: bool, seconds: bool
) -> SafeString:
    """An instant or a span on one line, with its date or without."""
    if date:
        return time_tag(start, zone, time_words.span(start, end, zone, year=year, seconds=seconds))
    return time_tag(start, zone, time_words.hours(start, end, zone, seconds=seconds))


def time_tag(instant: datetime, zone: str, words: str, bold: bool = False) -> SafeString:
    there = clock.local(instant, zone)
    return format_html(
        '<time datetime="{}">{}</time> <abbr title="{}">{}</abbr>',
        time_words.iso(there),
        format_html("<b>{}</b>", words) if bold else words,
        time_words.zone_title(there),
        time_words.abbreviation(there),
    )


@register.simple_tag(takes_context=True)
def when(
    context: Context,
    thing: Any,
    until: datetime | None = None,
    zone: str = "",
    year: bool = True,
    seconds: bool = False,
    date: bool = True,
    empty: str = "–",
) -> str:
    """An instant or a span on one line: Tue 15 Dec 2026, 11:00–11:15 CST."""
    start, end = ends(thing, until)
    if start is None:
        return empty
    return printed(start, end, shown_zone(context, zone), date=date, year=year, seconds=seconds)


@register.inclusion_tag("ui/when.html", takes_context=True)
def when_block(
    context: Context,
    thing: Any,
    until: datetime | None = None,
    zone: str = "",
    year: bool = True,
    date: bool = True,
    big: bool = False,
    url: str = "",
) -> dict[str, Any]:
    """The same on two lines: below it UTC, and how far off."""
    start, end = ends(thing, until)
    zone = shown_zone(context, zone)
    words = time_words.span(start, end, zone, year=year) if date else time_words.hours(start, end, zone)
    return {
        "time": time_tag(start, zone, words, bold=True),
        "utc": time_words.in_utc(start, end, zone),
        "ahead": time_words.ahead(start, context.get("now") or clock.now(), zone),
        "big": big,
        "url": url,
    }


@register.simple_tag(takes_context=True)
def clock_time(context: Context, instant: datetime | None, zone: str = "", seconds: bool = True) -> str:
    """11:07:22, as Go Time and logs show it; the zone stands on the page's clock."""
    return "–" if instant is None else hour_tag(instant, shown_zone(context, zone), seconds)


@lru_cache(maxsize=4096)
def hour_tag(instant: datetime, zone: str, seconds: bool) -> SafeString:
    there = clock.local(instant, zone)
    return format_html(
        '<time datetime="{}">{}</time>', time_words.iso(there), time_words.hour(there, seconds=seconds)
    )


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | datetime | None, year: bool = True, zone: str = "") -> str:
    """A calendar day, of a date or of an instant: Tue 15 Dec 2026."""
    on = calendar_day(on, shown_zone(context, zone))
    return "–" if on is None else day_tag(on, year)


@lru_cache(maxsize=4096)
def day_tag(on: date, year: bool) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), time_words.day(on, year=year))


def calendar_day(on: Any, zone: str) -> Any:
    """The calendar date of an instant in `zone`; a date is one already, None stays None."""
    return clock.local_date(on, zone) if isinstance(on, datetime) else on


@register.inclusion_tag("ui/leaf.html", takes_context=True)
def leaf(
    context: Context, on: date | datetime, mark: str = "", big: bool = False, zone: str = ""
) -> dict[str, Any]:
    """A day as a calendar leaf, in the colours of a system's mark."""
    there = calendar_day(on, shown_zone(context, zone))
    return {"on": there, "weekday": f"{there:%a}", "month": f"{there:%b}", "mark": mark, "big": big}


@register.simple_tag(takes_context=True)
def ahead(context: Context, instant: datetime | date | None, zone: str = "") -> str:
    """How far off: in 22 days, tomorrow, 3 min ago."""
    if instant is None:
        return ""
    zone, now = shown_zone(context, zone), context.get("now") or clock.now()
    if isinstance(instant, datetime):
        return time_words.ahead(instant, now, zone)
    days = (instant - clock.local_date(now, zone)).days
    return "today" if days == 0 else time_words.ahead(clock.at_wall(instant, clock.NINE, zone), now, zone)


@register.simple_tag(takes_context=True)
def in_utc(context: Context, thing: Any, until: datetime | None = None, zone: str = "") -> str:
    """17:00–17:15 UTC."""
    start, end = ends(thing, until)
    return "" if start is None else time_words.in_utc(start, end, shown_zone(context, zone))


@register.simple_tag
def client_when(
    thing: Any, until: datetime | None = None, zone: str = "", locale: str = "en-US", short: bool = False
) -> str:
    """To clients: Tuesday, December 15, 2026, 10:00–10:15 AM MST. Plain text, for pages and mails alike."""
    start, end = ends(thing, until)
    return time_words.client_span(start, end, zone or settings.PLATFORM_TIME_ZONE, locale, short=short)


@register.simple_tag
def client_hours(thing: Any, until: datetime | None = None, zone: str = "", locale: str = "en-US") -> str:
    """10:00–10:15 AM MST."""
    start, end = ends(thing, until)
    return time_words.client_hours(start, end, zone or settings.PLATFORM_TIME_ZONE, locale)


@register.simple_tag
def client_day(on: date | datetime, zone: str = "", locale: str = "en-US", short: bool = False) -> str:
    """Tuesday, December 15, 2026."""
    there = calendar_day(on, zone or settings.PLATFORM_TIME_ZONE)
    return time_words.client_day(there, locale, short=short)


@register.filter
def iso(instant: datetime | None) -> str:
    """An instant for machines: RFC 3339, UTC."""
    return "" if instant is None else instant.astimezone(UTC).isoformat(timespec="seconds")


@register.filter
def duration(seconds: float | None) -> str:
    """A downtime in minutes and seconds: 11:00, 0:30."""
    return "–" if seconds is None else time_words.minutes_and_seconds(seconds)


@register.filter
def spelled(seconds: float | None) -> str:
    """A length that is read: 6 h 48 min."""
    return "–" if seconds is None else time_words.length(seconds)


@register.filter
def zone_name(zone: str) -> str:
    """A zone as people call it: Central (Chicago)."""
    return time_words.place(zone)


@register.filter
def offset(zone: str) -> str:
    """UTC−6: the present offset of a zone by its name."""
    return time_words.offset(clock.local(clock.now(), zone))


@register.inclusion_tag("ui/platform_clock.html", takes_context=True)
def platform_clock(context: Context, end: bool = False) -> dict[str, Any]:
    """The clock in the top bar: the platform's zone, then UTC. Ticks where scripts run."""
    now = context.get("now") or clock.now()
    there = clock.local(now, settings.PLATFORM_TIME_ZONE)
    return {
        "end": end,
        "iso": time_words.iso(there),
        "day": time_words.day(there.date(), year=False),
        "hour": time_words.hour(there),
        "zone": settings.PLATFORM_TIME_ZONE,
        "abbreviation": time_words.abbreviation(there),
        "title": time_words.zone_title(there),
        "utc": time_words.hour(now),
    }
