"""The calendar entry of a notice (RFC 5545): one event a window, in UTC, same UID, rising SEQUENCE.

No METHOD by default, so that Outlook keeps one entry; a contact who asked for invitations gets REQUEST and
CANCEL. The X-MAINTNOTE properties are what network teams' parsers read (maintnote-std).
"""

from datetime import datetime
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import SafeMIMEText

from changes.models import Impact
from maintenance import ics
from notifications.channels.email import press
from notifications.domain.milestones import AHEAD, AT_ONCE, Milestone
from notifications.queries import letters
from notifications.queries.letters import Letter


def of(letter: Letter) -> MIMEText | None:
    """The part as it is attached, or None for a notice that says nothing new of the entry."""
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
    """The calendar's lines before they are folded; none for a notice that says nothing new of the entry."""
    if letter.milestone not in WITH_ENTRY:
        return []
    return ics.lines([event(letter)], method=_method(letter))


# How far the work is, as network teams' programs have it; the entry itself stays confirmed.
AT_WORK = (Milestone.UNDER_WAY, Milestone.EXTENDED)
STATUS = {
    Milestone.CANCELLED: "CANCELLED",
    Milestone.UNDER_WAY: "IN-PROCESS",
    Milestone.EXTENDED: "IN-PROCESS",
    Milestone.DONE: "COMPLETED",
}
WITH_ENTRY = (*AHEAD, *AT_ONCE, *AT_WORK, Milestone.DONE)


def event(letter: Letter) -> ics.Event:
    """The window as this reader may know it: no change's name, no name of ours."""
    window, host = letter.window, letters.domain()
    status = STATUS.get(Milestone(letter.milestone), "CONFIRMED")
    lasting = f", up to {letter.up_to}" if letter.up_to else ", no interruption expected"
    sender = str(settings.DEFAULT_FROM_EMAIL)
    return ics.Event(
        uid=ics.uid(window.reference, host),
        sequence=window.revision,
        stamp=_stamp(letter),
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        summary=f"{letter.system.code} maintenance{lasting}",
        description=press.unwrapped(letter),
        status="CANCELLED" if status == "CANCELLED" else "CONFIRMED",
        url=f"{letter.site}/maintenance/",
        organizer=(letter.platform, sender),
        attendee=letter.contact.address if letter.contact.wants_invitations else "",
        more=(
            ("X-MAINTNOTE-PROVIDER", host),
            ("X-MAINTNOTE-ACCOUNT", letter.client.slug if letter.client else letter.audience),
            # Exactly one: parsers read a second as a list.
            ("X-MAINTNOTE-MAINTENANCE-ID", window.reference),
            *_objects(letter),
            ("X-MAINTNOTE-STATUS", status),
        ),
    )


def _stamp(letter: Letter) -> datetime:
    """When what this says came to be. How far the work is raises no SEQUENCE: of two alike the later counts."""
    window, at = letter.window, letter.revised_at
    if letter.milestone in AT_WORK:
        return max(at, window.started_at or at)
    return max(at, window.finished_at or at) if letter.milestone == Milestone.DONE else at


def _objects(letter: Letter) -> list[tuple[str, str]]:
    """Each system with its own impact, and the gravest for the whole: a lone object takes that of the whole."""
    words = [(name, impact.upper().replace("_", "-")) for name, impact in letter.objects]
    gravest = max((impact for _, impact in letter.objects), key=Impact.values.index)
    several = len(words) > 1
    return [
        *(
            (
                f"X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT={word}"
                if several
                else "X-MAINTNOTE-OBJECT-ID",
                name,
            )
            for name, word in words
        ),
        ("X-MAINTNOTE-IMPACT", gravest.upper().replace("_", "-")),
    ]


def _method(letter: Letter) -> str:
    """An invitation asks its reader; how far the work is does not."""
    if not letter.contact.wants_invitations or letter.milestone not in (*AHEAD, *AT_ONCE):
        return ""
    return "CANCEL" if letter.milestone == Milestone.CANCELLED else "REQUEST"
