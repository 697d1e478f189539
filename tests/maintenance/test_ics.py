"""Calendar text that Outlook, Google and network teams' parsers read alike (RFC 5545)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from maintenance import ics

EVENT = ics.Event(
    uid="ris-2026-12@changeboard.example",
    sequence=2,
    stamp=datetime(2026, 11, 2, 15, tzinfo=UTC),
    starts_at=datetime(2026, 12, 15, 11, tzinfo=ZoneInfo("America/Chicago")),
    ends_at=datetime(2026, 12, 15, 17, 15, tzinfo=UTC),
    summary="RIS maintenance, up to 15 minutes",
)


def lines(text: str) -> list[str]:
    """The lines as a reader sees them: unfolded."""
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_says_its_times_in_utc_and_its_revision():
    written = lines(ics.calendar([EVENT]))
    assert [line for line in written if line[:3] in ("UID", "SEQ", "DTS", "DTE")] == [
        "UID:ris-2026-12@changeboard.example",
        "SEQUENCE:2",
        "DTSTAMP:20261102T150000Z",
        "DTSTART:20261215T170000Z",
        "DTEND:20261215T171500Z",
    ]


def test_a_comma_in_a_text_is_escaped():
    assert "SUMMARY:RIS maintenance\\, up to 15 minutes" in lines(ics.calendar([EVENT]))


def test_there_is_no_method_unless_one_is_asked_for():
    assert (
        "METHOD" in ics.calendar([EVENT]),
        "METHOD:REQUEST\r\n" in ics.calendar([EVENT], method="REQUEST"),
    ) == (
        False,
        True,
    )


def test_the_same_revision_is_the_same_text():
    assert ics.calendar([EVENT]) == ics.calendar([EVENT])


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(words):
    pieces = ics.fold(f"SUMMARY:{words}")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == f"SUMMARY:{words}"


@given(st.text(alphabet="\\;,\n\r ab", max_size=40))
def test_a_text_value_never_breaks_its_line(words):
    assert not {"\n", "\r"} & set(ics.text(words))
