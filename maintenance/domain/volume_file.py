"""A file of volumes by hour of the week, read: tables, and every line that is wrong. Pure.

RFC 4180 with commas, semicolons or tabs; UTF-8 with or without a byte-order mark, else Latin-1. A heading names the
columns: weekday, hour and orders; urgent, system and client if there are any.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from changeboard.refusal import Reason
from maintenance.domain.volume import HOURS, Week

HEADINGS = {
    "weekday": ("weekday", "day", "day of week", "dow"),
    "hour": ("hour", "hr", "h", "hour of day", "time"),
    "orders": ("orders", "volume", "studies", "exams", "count", "orders per hour"),
    "urgent": ("urgent", "stat", "stroke", "stat and stroke", "stat/stroke"),
    "system": ("system",),
    "client": ("client", "customer", "site"),
}
NAMES = {heading: name for name, headings in HEADINGS.items() for heading in headings}
NEEDED = ("weekday", "hour", "orders")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER = re.compile(r"\d{1,7}([.,]\d{1,2})?")
HOUR = re.compile(r"(\d{1,2})(:00)?")
# One table a client and system: 2,000 clients and the platform.
MOST_LINES = 400_000

# (system's code or "", client's slug or ""): of which part of the platform a table is.
Key = tuple[str, str]


@dataclass(frozen=True)
class BadLine:
    """A line of the file, from 1, and what is wrong with it; line 0 is the file as a whole."""

    number: int
    reason: Reason


@dataclass
class Reading:
    tables: dict[Key, Week] = field(default_factory=dict)
    bad: list[BadLine] = field(default_factory=list)
    lines: int = 0

    @property
    def is_good(self) -> bool:
        return bool(self.tables) and not self.bad


@dataclass(frozen=True)
class Known:
    """What a file may name, as people write it (in small letters) → what it is called here."""

    systems: Mapping[str, str]
    clients: Mapping[str, str]


@dataclass(frozen=True)
class _Line:
    number: int
    key: Key
    hour: int
    orders: int
    urgent: int


def decoded(data: bytes) -> str:
    """The text of a file that may come from a spreadsheet of any age."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read(text: str, known: Known) -> Reading:
    """Every table of the file; what is wrong with each bad line, all at once. A table needs its 168 hours."""
    found = Reading()
    rows = _rows(text)
    heading = next(rows, None)
    if heading is None:
        found.bad.append(BadLine(0, Reason("volume.file_is_empty")))
        return found
    columns = [NAMES.get(cell.strip().lower(), "") for cell in heading[1]]
    lacking = [name for name in NEEDED if name not in columns]
    if lacking:
        found.bad.append(BadLine(heading[0], Reason("volume.columns_missing", {"columns": lacking})))
        return found
    _collect(found, rows, columns, known)
    found.bad.sort(key=lambda line: line.number)
    return found


def _collect(found: Reading, rows: Iterator[tuple[int, list[str]]], columns: list[str], known: Known) -> None:
    """Fill the tables line by line; an hour that a table lacks is a fault of the whole file."""
    hours: dict[Key, dict[int, _Line]] = {}
    for number, cells in rows:
        found.lines += 1
        if found.lines > MOST_LINES:
            found.bad.append(BadLine(number, Reason("volume.too_many_lines", {"most": MOST_LINES})))
            return
        line = _line(number, dict(zip(columns, map(str.strip, cells), strict=False)), known)
        if isinstance(line, Reason):
            found.bad.append(BadLine(number, line))
            continue
        table = hours.setdefault(line.key, {})
        first = table.setdefault(line.hour, line)
        if first is not line:
            found.bad.append(BadLine(number, Reason("volume.hour_twice", {"first": first.number})))
    bad = bool(found.bad)
    for key, table in hours.items():
        lacking = [hour for hour in range(HOURS) if hour not in table]
        if not lacking:
            lines = [table[hour] for hour in range(HOURS)]
            found.tables[key] = Week(tuple(one.orders for one in lines), tuple(one.urgent for one in lines))
        elif not bad:
            facts = {
                "of": " ".join(filter(None, key)) or "platform",
                "count": len(lacking),
                "first": spoken(lacking[0]),
            }
            found.bad.append(BadLine(0, Reason("volume.hours_missing", facts)))


def spoken(hour: int) -> str:
    """Tue 03:00."""
    return f"{DAYS[hour // 24][:3].capitalize()} {hour % 24:02}:00"


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, with the number of the line that each begins on."""
    text = text.replace("\x00", "")
    first = text.split("\n", 1)[0]
    mark = max(";\t,", key=first.count)
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A cell longer than any table has: the row is shown as a bad line.
            cells = ["?"]
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _line(number: int, cells: Mapping[str, str], known: Known) -> "_Line | Reason":
    """One row as it counts, or what is wrong with it: the first fault, left to right."""
    weekday, hour = _weekday(cells.get("weekday", "")), HOUR.fullmatch(cells.get("hour", ""))
    if weekday is None:
        return Reason("volume.no_weekday", {"typed": _short(cells.get("weekday", ""))})
    if hour is None or int(hour[1]) > 23:
        return Reason("volume.no_hour", {"typed": _short(cells.get("hour", ""))})
    orders, urgent = _hundredths(cells.get("orders", "")), _hundredths(cells.get("urgent", "") or "0")
    if orders is None or urgent is None:
        typed = cells.get("orders" if orders is None else "urgent", "")
        return Reason("volume.no_number", {"typed": _short(typed)})
    if urgent > orders:
        return Reason("volume.more_urgent_than_all", {"urgent": urgent / 100, "orders": orders / 100})
    system, client = cells.get("system", "").lower(), cells.get("client", "").lower()
    if system not in known.systems and system:
        return Reason("volume.no_such_system", {"typed": _short(system)})
    if client not in known.clients and client:
        return Reason("volume.no_such_client", {"typed": _short(client)})
    key = (known.systems.get(system, ""), known.clients.get(client, ""))
    return _Line(number, key, weekday * 24 + int(hour[1]), orders, urgent)


def _weekday(typed: str) -> int | None:
    """Monday, Mon or 1 (ISO 8601: Monday is 1, Sunday 7)."""
    typed = typed.lower().rstrip(".")
    if typed in ("1", "2", "3", "4", "5", "6", "7"):
        return int(typed) - 1
    found = [number for number, day in enumerate(DAYS) if len(typed) > 1 and day.startswith(typed)]
    return found[0] if len(found) == 1 else None


def _hundredths(typed: str) -> int | None:
    """38 or 38.5 or 38,5. Nothing that a spreadsheet would reckon with, nothing below zero."""
    if not NUMBER.fullmatch(typed):
        return None
    whole, _, part = typed.replace(",", ".").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def _short(typed: str) -> str:
    return typed if len(typed) <= 40 else f"{typed[:39]}…"


def keys_named(tables: Collection[Key]) -> tuple[bool, int, int]:
    """Whether the platform is among them, for how many systems and how many clients there are tables."""
    systems = {system for system, client in tables if system and not client}
    clients = {client for _, client in tables if client}
    return ("", "") in tables, len(systems), len(clients)
