"""iCalendar text (RFC 5545): pure, one event a window, in UTC, no recurrence. The callers say what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

PRODID = "-//changeboard//maintenance//EN"
LINE_OCTETS = 75


@dataclass(frozen=True)
class Event:
    """One window in a calendar. `sequence` is its revision; `more` are further properties.

    `stamp` is when this revision came to be: the same revision is the same text every time.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    status: str = "CONFIRMED"
    url: str = ""
    organizer: tuple[str, str] | None = None
    attendee: str = ""
    more: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    # A meeting takes the reader's time and wants them there; a window is only for knowing.
    is_meeting: bool = False


def uid(reference: str, host: str) -> str:
    """Like ris-2026-12@changeboard.example: the same for a window for ever, whoever reads of it."""
    return f"{reference.lower()}@{host}"


def calendar(events: Iterable[Event], *, name: str = "", method: str = "") -> str:
    """A whole VCALENDAR, with CRLF line ends and folded lines. METHOD only if one is asked for."""
    return folded(lines(events, name=name, method=method))


def folded(lines: Iterable[str]) -> str:
    """Lines as they are written: folded, each with its CRLF."""
    return "".join(f"{piece}\r\n" for line in lines for piece in fold(line))


def lines(events: Iterable[Event], *, name: str = "", method: str = "") -> list[str]:
    """The same before its lines are folded."""
    found = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    found += [f"METHOD:{method}"] if method else []
    found += (
        [f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
        if name
        else []
    )
    for event in events:
        found += _event(event)
    return [*found, "END:VCALENDAR"]


def _event(event: Event) -> Sequence[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{utc(event.stamp)}",
        f"LAST-MODIFIED:{utc(event.stamp)}",
        f"DTSTART:{utc(event.starts_at)}",
        f"DTEND:{utc(event.ends_at)}",
        f"SUMMARY:{text(event.summary)}",
        f"STATUS:{event.status}",
        "TRANSP:OPAQUE" if event.is_meeting else "TRANSP:TRANSPARENT",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{text(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.categories:
        lines.append("CATEGORIES:" + ",".join(text(name) for name in event.categories))
    if event.organizer:
        called, address = event.organizer
        lines.append(f"ORGANIZER;CN={quoted(called)}:mailto:{address}")
    if event.attendee:
        role = "REQ-PARTICIPANT" if event.is_meeting else "OPT-PARTICIPANT"
        lines.append(f"ATTENDEE;ROLE={role};RSVP=FALSE:mailto:{event.attendee}")
    lines += [f"{name}:{text(value)}" for name, value in event.more]
    return [*lines, "END:VEVENT"]


def utc(instant: datetime) -> str:
    """20261215T170000Z (section 3.3.5, form 2)."""
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(words: str) -> str:
    """A TEXT value (section 3.3.11): commas, semicolons, backslashes and line ends escaped."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def quoted(words: str) -> str:
    """A parameter's value in quotes; control characters and quotes cannot stand in one (section 3.2)."""
    return '"' + "".join(letter for letter in words if letter != '"' and letter.isprintable()) + '"'


def fold(line: str) -> list[str]:
    """Pieces of at most 75 octets, each further one begun with a space; no character is cut (section 3.1)."""
    first, *others = folds(line)
    return [first, *(f" {piece}" for piece in others)]


def folds(line: str) -> list[str]:
    """The same without the spaces."""
    if line.isascii():
        return [line[:LINE_OCTETS], *_slices(line)]
    octets, pieces, at = line.encode(), [], 0
    while at < len(octets):
        end = at + LINE_OCTETS - (at > 0)
        # An octet of the form 10xxxxxx goes on with a character that began before it.
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[at:end].decode())
        at = end
    return pieces


def _slices(line: str) -> list[str]:
    return [line[at : at + LINE_OCTETS - 1] for at in range(LINE_OCTETS, len(line), LINE_OCTETS - 1)]
