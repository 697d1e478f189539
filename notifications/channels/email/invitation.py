"""The mail of an invitation: plain words, and the calendar object that programs act on (RFC 6047).

The calendar object is a body part of its own beside the text, with its method named, and not a file: that
is what calendars take as an invitation. One meeting is one UID for ever.
"""

from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from changeboard import clock, time_words
from changes.models import Substitute
from maintenance import ics
from notifications.domain.inviting import Method
from notifications.models import Invitation
from notifications.queries import letters


def message(row: Invitation) -> EmailMessage:
    """The mail of one row; the same row makes the same mail every time."""
    meeting, person = row.meeting, row.person
    sits_in = Substitute.objects.on(meeting.on).filter(person=person)
    facts = {
        "meeting": meeting,
        "is_off": row.method == Method.CANCEL,
        "is_new": row.sequence == 0,
        "sits_in_for": ", ".join(str(each.member) for each in sits_in.select_related("member")),
        "is_called_off": meeting.state == "cancelled",
        "day": time_words.day(clock.local_date(meeting.starts_at, person.time_zone)),
        "hours": time_words.hours(meeting.starts_at, meeting.ends_at, person.time_zone),
        "zone": time_words.abbreviation(clock.local(meeting.starts_at, person.time_zone)),
        "place": time_words.place(person.time_zone),
        "address": f"{settings.SITE_URL}{meeting.get_absolute_url()}",
        "platform": settings.PLATFORM_NAME,
    }
    text = render_to_string("notices/board/body.txt", facts).strip() + "\n"
    subject = " ".join(render_to_string("notices/board/subject.txt", facts).split())
    mail = EmailMessage(
        subject=subject,
        body=text,
        from_email=formataddr((str(settings.PLATFORM_NAME), str(settings.DEFAULT_FROM_EMAIL))),
        to=[formataddr((person.full_name, person.email))],
        headers=headers(row),
    )
    # The stubs do not know what Django's own message has: the type of its multipart.
    mail.mixed_subtype = "alternative"  # type: ignore[attr-defined]
    mail.attach(calendar_part(row, text))
    return mail


def headers(row: Invitation) -> dict[str, str]:
    root = f"<board-{row.meeting_id}.{row.person_id}@{letters.domain()}>"
    return {
        "Message-ID": row.message_id,
        "Date": format_datetime(row.dated_at),
        "References": root,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
    }


def calendar_part(row: Invitation, text: str) -> MIMEText:
    """REQUEST or CANCEL of the one event that the meeting is, with its method in the part's header."""
    meeting, person, method = row.meeting, row.person, row.method.upper()
    event = ics.Event(
        uid=ics.uid(f"board-{meeting.pk}", letters.domain()),
        sequence=row.sequence,
        stamp=row.dated_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=f"Change board, {settings.PLATFORM_NAME}",
        description=text,
        status="CANCELLED" if row.method == Method.CANCEL else "CONFIRMED",
        url=f"{settings.SITE_URL}{meeting.get_absolute_url()}",
        organizer=(str(settings.PLATFORM_NAME), str(settings.DEFAULT_FROM_EMAIL)),
        attendee=person.email,
        is_meeting=True,
    )
    part = MIMEText(ics.calendar([event], method=method), "calendar", "utf-8")
    part.set_param("method", method)
    return part
