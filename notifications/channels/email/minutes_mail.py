"""The mail of approved minutes: their whole text, the file to keep, and where they stand."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from changeboard import time_words
from changes.models import Minutes
from changes.queries.minutes_on_paper import sheet
from notifications.channels.email.invitation import headers
from notifications.models import Invitation


def message(row: Invitation) -> EmailMessage:
    """The mail of one row; frozen minutes make the same mail every time."""
    minutes = Minutes.objects.select_related("meeting", "approved_in").get(meeting=row.meeting)
    facts = {
        "entries": minutes.entries.all(),
        "day": time_words.day(row.meeting.on),
        "approved_on": time_words.day(minutes.approved_in.on) if minutes.approved_in else "",
        "address": f"{settings.SITE_URL}{row.meeting.get_absolute_url()}",
    }
    made = sheet(minutes)
    return EmailMessage(
        subject=" ".join(render_to_string("notices/board/minutes_subject.txt", facts).split()),
        body=render_to_string("notices/board/minutes.txt", facts).strip() + "\n",
        from_email=formataddr((str(settings.PLATFORM_NAME), str(settings.DEFAULT_FROM_EMAIL))),
        to=[formataddr((row.person.full_name, row.person.email))],
        headers=headers(row),
        attachments=[(made.name, made.data, "application/pdf")],
    )
