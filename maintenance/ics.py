"""iCalendar text (RFC 5545): pure, one event a window, in UTC, no recurrence. The callers say what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

PRODID = "-//changeboard//maintenance//EN"
LINE_OCTETS = 75
REFRESH = "PT1H"


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
    # When anything of it changed, where that is not the revision: it was done.
    modified: datetime | None = None
    # A name of CSS (RFC 7986 section 5.9).
    color: str = ""
    # A meeting takes the reader's time and wants them there; a window is only for knowing.
    is_meeting: bool = False


def uid(reference: str, host: str) -> str:
    """Like ris-2026-12@changeboard.example: the same for a window for ever, whoever reads of it."""
    return f"{reference.lower()}@{host}"


@dataclass(frozen=True)
class Subscription:
    """What a calendar program is told of a whole calendar that it fetches again and again (RFC 7986)."""

    name: str
    url: str = ""
    color: str = ""


def calendar(events: Iterable[Event], *, subscription: Subscription | None = None, method: str = "") -> str:
    """A whole VCALENDAR, with CRLF line ends and folded lines. METHOD only if one is asked for."""
    return folded(lines(events, subscription=subscription, method=method))


def folded(lines: Iterable[str]) -> str:
    """Lines as they are written: folded, each with its CRLF."""
    return "".join(f"{piece}\r\n" for line in lines for piece in fold(clean(line)))


def lines(
    events: Iterable[Event], *, subscription: Subscription | None = None, method: str = ""
) -> list[str]:
    """The same before its lines are folded."""
    found = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    found += [f"METHOD:{method}"] if method else []
    found += _subscription(subscription) if subscription else []
    for event in events:
        found += _event(event)
    return [*found, "END:VCALENDAR"]


def _subscription(of: Subscription) -> Sequence[str]:
    """Both names and both hints: programs read the one or the other, and none promises to heed them."""
    lines = [
        f"NAME:{text(of.name)}",
        f"X-WR-CALNAME:{text(of.name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    return lines + [f"{name}:{value}" for name, value in (("URL", of.url), ("COLOR", of.color)) if value]


def _event(event: Event) -> Sequence[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{utc(event.stamp)}",
        f"LAST-MODIFIED:{utc(event.modified or event.stamp)}",
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
    if event.color:
        lines.append(f"COLOR:{event.color}")
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


def clean(line: str) -> str:
    """Without control characters, the tab excepted: none may stand in a line, and a lone CR or a LF that
    came in by an address would begin a property of its own (section 3.1)."""
    return "".join(letter for letter in line if (letter >= " " and letter != "\x7f") or letter == "\t")


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
