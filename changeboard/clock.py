"""The only place where local time is computed and where "now" comes from.

Instants are aware datetimes in UTC everywhere; wall time exists only together with a zone.
`now()` is called by views, api, tasks and commands; below them `now` or `at` is an argument.
Python's zoneinfo ignores daylight saving when two times of one zone are subtracted, so every
function here answers in UTC.
"""

import time as seconds
import zoneinfo
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

NINE = time(9, 0)

_ahead: Callable[[], timedelta] = timedelta


def now() -> datetime:
    """The platform's present instant, UTC. The demonstration may run ahead of the real clock."""
    return datetime.now(UTC) + _ahead()


def steady() -> float:
    """Seconds of a clock that nobody sets and that goes on while a process is stopped or a machine sleeps."""
    if hasattr(seconds, "CLOCK_BOOTTIME"):
        return seconds.clock_gettime(seconds.CLOCK_BOOTTIME)
    return seconds.monotonic()


def run_ahead(by: Callable[[], timedelta]) -> None:
    """Let `by()` say how far the platform's clock is ahead of the real one (demonstration only)."""
    global _ahead
    _ahead = by


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ZoneInfoNotFoundError for a name that is none."""
    return ZoneInfo(name)


def local(instant: datetime, zone_name: str) -> datetime:
    """The same instant as the wall clock of `zone_name` shows it. For showing, not for arithmetic."""
    return instant.astimezone(zone(zone_name))


def local_date(instant: datetime, zone_name: str) -> date:
    """The calendar date in `zone_name` at `instant`."""
    return local(instant, zone_name).date()


def at_wall(on: date, wall: time, zone_name: str) -> datetime:
    """The instant (UTC) at which the clock of `zone_name` shows `wall` on `on`.

    A wall time that daylight saving skips moves to the next one that exists (PRODUCT.md section 5);
    one that comes twice is the first of the two, or the second for a `wall` with `fold=1`.
    """
    tz = zone(zone_name)
    instant = datetime.combine(on, wall, tzinfo=tz).astimezone(UTC)
    if instant.astimezone(tz).replace(tzinfo=None) == datetime.combine(on, wall):
        return instant
    return _end_of_gap(instant - timedelta(hours=3), instant + timedelta(hours=3), tz)


def times_at_wall(on: date, wall: time, zone_name: str) -> tuple[datetime, ...]:
    """Every instant (UTC) at which the clock shows `wall` on `on`: none in a gap, two in a repeated hour."""
    tz, naive = zone(zone_name), datetime.combine(on, wall)
    both = [naive.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return tuple(sorted({each for each in both if each.astimezone(tz).replace(tzinfo=None) == naive}))


def _end_of_gap(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The first instant after the change of offset that lies between two instants."""
    old = before.astimezone(tz).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(tz).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def days_before(instant: datetime, days: int, zone_name: str, wall: time = NINE) -> datetime:
    """`wall` on the calendar date `days` before `instant`'s date in `zone_name`, as an instant (UTC).

    Date arithmetic, not 24-hour steps: "two weeks before" stays at the same local hour across a
    change to or from daylight saving (PRODUCT.md section 6).
    """
    return at_wall(local_date(instant, zone_name) - timedelta(days=days), wall, zone_name)


@lru_cache(maxsize=1)
def zone_data() -> str:
    """The version of the zone database in use, like 2025b, noted beside every instant derived from wall time.

    Python reads the system's where there is one (PEP 615), else the package's, whose 2025.2 is 2025b.
    """
    for directory in map(Path, zoneinfo.TZPATH):
        if found := _version_in(directory):
            return found
    try:
        year, _, number = version("tzdata").partition(".")
    except PackageNotFoundError:
        return "system"
    return f"{year}{chr(ord('a') - 1 + int(number))}" if number.isdigit() else year


def _version_in(directory: Path) -> str:
    """As zic or a packager noted it in a directory of compiled zones; empty where there are none."""
    for name, prefix in (("tzdata.zi", "# version "), ("+VERSION", "")):
        file = directory / name
        if file.is_file():
            with file.open(encoding="ascii", errors="replace") as lines:
                return lines.readline().removeprefix(prefix).strip()[:20]
    return "system" if (directory / "UTC").is_file() else ""


def read_zones_from(*directories: str) -> None:
    """Read zones from these directories from now on, in this process; from none named: from the usual ones.

    A new zone database can so be tried before it is installed. Raises ValueError for what is no directory
    of compiled zones, or no absolute path.
    """
    for directory in directories:
        if not any((Path(directory) / name).exists() for name in ("UTC", "America", "Europe", "Etc")):
            raise ValueError(f"{directory} holds no compiled zones")
    zoneinfo.reset_tzpath(to=directories or None)
    ZoneInfo.clear_cache()
    zone.cache_clear()
    zone_data.cache_clear()
