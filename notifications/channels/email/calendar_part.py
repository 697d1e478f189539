"""The calendar entry of a notice (RFC 5545): one event a window, in UTC, same UID, rising SEQUENCE.

No METHOD by default, so that Outlook keeps one entry; a contact who asked for invitations gets REQUEST and
CANCEL. The X-MAINTNOTE properties are what network teams' parsers read (maintnote-std).
"""

from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import SafeMIMEText

from maintenance import ics
from notifications.channels.email import press
from notifications.domain.milestones import AHEAD, AT_ONCE, Milestone
from notifications.queries import letters
from notifications.queries.letters import Letter


def of(letter: Letter) -> MIMEText | None:
    """The part as it is attached, or None for a notice at the point of service."""
    unfolded = lines(letter)
    return part(ics.folded(unfolded), letter) if unfolded else None


def part(text: str, letter: Letter) -> MIMEText:
    """Sent as it is, 7bit or 8bit: its lines are short, and nothing is cut by an encoding."""
    method = _method(letter)
    made = SafeMIMEText(text, "calendar", "utf-8")
    if method:
        made.set_param("method", method)
    made.add_header("Content-Disposition", "attachment", filename="maintenance.ics")
    return made


def lines(letter: Letter) -> list[str]:
    """The calendar's lines before they are folded; none for a notice at the point of service."""
    if letter.milestone not in (*AHEAD, *AT_ONCE):
        return []
    return ics.lines([event(letter)], method=_method(letter))


def event(letter: Letter) -> ics.Event:
    """The window as this reader may know it: no change's name, no name of ours."""
    window, host = letter.window, letters.domain()
    cancelled = letter.milestone == Milestone.CANCELLED
    status = "CANCELLED" if cancelled else "CONFIRMED"
    lasting = f", up to {letter.up_to}" if letter.up_to else ", no interruption expected"
    sender = str(settings.DEFAULT_FROM_EMAIL)
    return ics.Event(
        uid=ics.uid(window.reference, host),
        sequence=window.revision,
        stamp=letter.revised_at,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        summary=f"{letter.system.code} maintenance{lasting}",
        description=press.text(letter),
        status=status,
        url=f"{letter.site}/maintenance/",
        organizer=(letter.platform, sender),
        attendee=letter.contact.address if letter.contact.wants_invitations else "",
        more=(
            ("X-MAINTNOTE-PROVIDER", host),
            ("X-MAINTNOTE-ACCOUNT", letter.client.slug if letter.client else letter.audience),
            # Exactly one of each: parsers read a second as a list; a lone object takes the event's impact.
            ("X-MAINTNOTE-MAINTENANCE-ID", window.reference),
            ("X-MAINTNOTE-OBJECT-ID", letter.system.code),
            ("X-MAINTNOTE-IMPACT", "OUTAGE" if window.takes_downtime else "NO-IMPACT"),
            ("X-MAINTNOTE-STATUS", status),
        ),
    )


def _method(letter: Letter) -> str:
    if not letter.contact.wants_invitations:
        return ""
    return "CANCEL" if letter.milestone == Milestone.CANCELLED else "REQUEST"
