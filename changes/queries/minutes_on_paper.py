"""The minutes of a meeting as a PDF: what the board keeps, sends and files."""

from dataclasses import dataclass

from changeboard import clock, paper, time_words
from changeboard.people.models import platform_time_zone
from changes.models import Minutes


@dataclass(frozen=True)
class Sheet:
    """A file: its name, its bytes."""

    name: str
    data: bytes


def sheet(minutes: Minutes) -> Sheet:
    """The file of these minutes; the same minutes make the same bytes. Three queries."""
    meeting, zone = minutes.meeting, platform_time_zone()
    hours = time_words.hours(meeting.starts_at, meeting.ends_at, zone)
    when = f"{time_words.day(meeting.on)}, {hours} {time_words.abbreviation(clock.local(meeting.starts_at, zone))}"
    entries = minutes.entries.all()
    parts = tuple(paper.Part(entry.heading, tuple(entry.text.splitlines())) for entry in entries)
    data = paper.pdf(
        "Minutes of the change board", when, parts, foot=_foot(minutes),
        at=minutes.approved_at or minutes.drawn_up_at,
    )  # fmt: skip
    return Sheet(f"minutes-{meeting.on:%Y-%m-%d}.pdf", data)


def _foot(minutes: Minutes) -> str:
    day = f"Change board of {time_words.day(minutes.meeting.on)}"
    if minutes.approved_in is None:
        return f"{day}. Draft: the board has not approved it yet."
    return f"{day}. Approved in the meeting of {time_words.day(minutes.approved_in.on)}."
