"""How a time reads: weekday, day, month in letters, year, 24 hours, zone (design: "Time").

Instants in, words out; every function takes the zone, and `now` where it needs one. Templates reach
these through the tags in changeboard/templatetags/times.py.
"""

from datetime import UTC, date, datetime, timedelta

from changeboard import clock

NAMES = {
    "CST": "Central Standard Time",
    "CDT": "Central Daylight Time",
    "EST": "Eastern Standard Time",
    "EDT": "Eastern Daylight Time",
    "MST": "Mountain Standard Time",
    "MDT": "Mountain Daylight Time",
    "PST": "Pacific Standard Time",
    "PDT": "Pacific Daylight Time",
    "AKST": "Alaska Standard Time",
    "AKDT": "Alaska Daylight Time",
    "HST": "Hawaii Standard Time",
    "AST": "Atlantic Standard Time",
    "ADT": "Atlantic Daylight Time",
    "ChST": "Chamorro Standard Time",
    "SST": "Samoa Standard Time",
    "GMT": "Greenwich Mean Time",
    "UTC": "Coordinated Universal Time",
    "CET": "Central European Time",
    "CEST": "Central European Summer Time",
}

# The zones of the United States as people call them; others go by their city.
PLACES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain, no daylight saving (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}


def place(zone: str) -> str:
    """A zone as people call it: Central (Chicago), Europe/Berlin."""
    return PLACES.get(zone, zone.replace("_", " "))


def day(on: date, *, year: bool = True) -> str:
    """Tue 15 Dec 2026, or without the year where a heading has it."""
    return f"{on:%a} {on.day} {on:%b}" + (f" {on.year}" if year else "")


def hour(there: datetime, *, seconds: bool = False) -> str:
    """11:00, or 11:07:22 on Go Time."""
    return f"{there:%H:%M:%S}" if seconds else f"{there:%H:%M}"


def offset(there: datetime) -> str:
    """UTC−6, UTC+5:30, UTC."""
    minutes = round((there.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def abbreviation(there: datetime) -> str:
    """CST. A zone whose abbreviation is only a number (like -03) is named by its offset."""
    short = there.tzname() or "UTC"
    return offset(there) if short[0] in "+-" else short


def zone_title(there: datetime) -> str:
    """Central Standard Time, UTC−6: what stands behind the abbreviation."""
    short = abbreviation(there)
    return f"{NAMES[short]}, {offset(there)}" if short in NAMES else offset(there)


def iso(there: datetime) -> str:
    """For `<time datetime>`: local time with its offset, seconds only when there are some."""
    return there.replace(microsecond=0).isoformat(timespec="seconds" if there.second else "minutes")


def span(
    start: datetime, end: datetime | None, zone: str, *, year: bool = True, seconds: bool = False
) -> str:
    """Tue 15 Dec 2026, 11:00–11:15, without the zone. The end's day is named when it is another one."""
    there = clock.local(start, zone)
    words = f"{day(there.date(), year=year)}, {hour(there, seconds=seconds)}"
    return words if end is None else words + _until(there, clock.local(end, zone), year, seconds)


def hours(start: datetime, end: datetime | None, zone: str, *, seconds: bool = False) -> str:
    """11:00–11:15, without day and zone."""
    there = clock.local(start, zone)
    words = hour(there, seconds=seconds)
    return words if end is None else words + _until(there, clock.local(end, zone), False, seconds)


def _until(start: datetime, end: datetime, year: bool, seconds: bool) -> str:
    if start.date() == end.date():
        return f"–{hour(end, seconds=seconds)}"
    return f" – {day(end.date(), year=year)}, {hour(end, seconds=seconds)}"


def in_utc(start: datetime, end: datetime | None, zone: str, *, seconds: bool = False) -> str:
    """17:00–17:15 UTC; with the day when UTC has another one than `zone`."""
    words = hours(start, end, "UTC", seconds=seconds)
    if clock.local_date(start, zone) != clock.local_date(start, "UTC"):
        words = f"{day(clock.local_date(start, 'UTC'), year=False)}, {words}"
    return f"{words} UTC"


def ahead(instant: datetime, now: datetime, zone: str) -> str:
    """How far off: in 6 h 48 min, tomorrow, in 22 days, 3 min ago. Days are calendar days of `zone`."""
    days = (clock.local_date(instant, zone) - clock.local_date(now, zone)).days
    if abs(days) > 1:
        return f"in {days} days" if days > 0 else f"{-days} days ago"
    if days:
        return "tomorrow" if days > 0 else "yesterday"
    seconds = (instant.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
    if abs(seconds) < 60:
        return "now"
    return f"in {length(seconds)}" if seconds > 0 else f"{length(-seconds)} ago"


def length(seconds: float) -> str:
    """6 h 48 min, 12 min, 40 s: a length that is read, not compared."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours_, minutes = divmod(whole // 60, 60)
    return " ".join(
        part for part in (f"{hours_} h" if hours_ else "", f"{minutes} min" if minutes else "") if part
    )


def minutes_and_seconds(seconds: float) -> str:
    """11:00, 0:30: a downtime, in minutes and seconds. Negative lengths keep their sign."""
    whole = round(seconds)
    minutes, rest = divmod(abs(whole), 60)
    return f"{'−' if whole < 0 else ''}{minutes}:{rest:02}"


def client_span(
    start: datetime, end: datetime | None, zone: str, locale: str = "en-US", *, short: bool = False
) -> str:
    """To clients, in their zone and form: Tuesday, December 15, 2026, 10:00–10:15 AM MST."""
    there = clock.local(start, zone)
    if locale != "en-US":
        tail = f" {abbreviation(there)}"
        return f"{there:%A} {there.day} {there:%B %Y}, {hours(start, end, zone)}{tail}"
    return f"{client_day(there.date(), locale, short=short)}, {client_hours(start, end, zone, locale)}"


def client_day(on: date, locale: str = "en-US", *, short: bool = False) -> str:
    """Tuesday, December 15, 2026; short: Tue, Dec 15, 2026."""
    if locale != "en-US":
        return f"{on:%A} {on.day} {on:%B %Y}"
    return f"{on:%a, %b} {on.day}, {on.year}" if short else f"{on:%A, %B} {on.day}, {on.year}"


def client_hours(start: datetime, end: datetime | None, zone: str, locale: str = "en-US") -> str:
    """10:00–10:15 AM MST; AM and PM once when both ends share them; 24 hours outside the US."""
    there = clock.local(start, zone)
    if locale != "en-US":
        return f"{hours(start, end, zone)} {abbreviation(there)}"
    if end is None:
        return f"{_twelve(there)} {there:%p} {abbreviation(there)}"
    until = clock.local(end, zone)
    first = _twelve(there) if f"{there:%p}" == f"{until:%p}" else f"{_twelve(there)} {there:%p}"
    if there.date() != until.date():
        other_day = f"{until:%a, %b} {until.day}, {_twelve(until)} {until:%p} {abbreviation(until)}"
        return f"{_twelve(there)} {there:%p} to {other_day}"
    return f"{first}–{_twelve(until)} {until:%p} {abbreviation(there)}"


def _twelve(there: datetime) -> str:
    return f"{there.hour % 12 or 12}:{there:%M}"
