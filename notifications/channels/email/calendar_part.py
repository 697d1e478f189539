"""The calendar entry of a notice (RFC 5545): one event a window, in UTC, same UID, rising SEQUENCE.

No METHOD by default, so that Outlook keeps one entry; a contact who asked for invitations gets REQUEST and
CANCEL. The X-MAINTNOTE properties are what network teams' parsers read (maintnote-std).
"""

from email.mime.text import MIMEText

from notifications.domain.milestones import AHEAD, RETRACTIONS, Milestone
from notifications.queries.letters import Letter


def of(letter: Letter) -> MIMEText | None:
    """The part as it is attached, or None for a notice at the point of service."""
    if letter.milestone not in (*AHEAD, *RETRACTIONS):
        return None
    method = _method(letter)
    part = MIMEText(calendar(letter, method), "calendar", "utf-8")
    if method:
        part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="maintenance.ics")
    return part


def _method(letter: Letter) -> str:
    if not letter.contact.wants_invitations:
        return ""
    return "CANCEL" if letter.milestone == Milestone.CANCELLED else "REQUEST"
