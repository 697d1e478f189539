"""The mail that tells an administrator of a stretch in which no notice could go out."""

from collections.abc import Sequence
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from changeboard.people.models import Person
from notifications.domain import wording
from notifications.models import Silence
from notifications.queries import letters
from notifications.queries.operations import Late


def message(silence: Silence, person: Person, late: Sequence[Late]) -> EmailMessage:
    """The same mail each time it is asked for: Message-ID and Date are the row's."""
    zone, platform = person.time_zone, str(settings.PLATFORM_NAME)
    until = silence.ended_at
    facts = {
        "since": f"{wording.short_day(silence.since, zone)}, {wording.clock_time(silence.since, zone)}",
        "until": f"{wording.short_day(until, zone)}, {wording.clock_time(until, zone)}" if until else "",
        "late": late,
        "many": sum(each.many for each in late),
        "link": settings.SITE_URL + reverse("notifications:operations"),
        "platform": platform,
    }
    return EmailMessage(
        subject=" ".join(render_to_string("notices/silence/subject.txt", facts).split()),
        body=render_to_string("notices/silence/body.txt", facts).strip() + "\n",
        from_email=formataddr((platform, str(settings.DEFAULT_FROM_EMAIL))),
        to=[formataddr((str(person), person.email))],
        headers={
            "Message-ID": f"<silence.{silence.pk}.p{person.pk}@{letters.domain()}>",
            "Date": format_datetime(silence.noticed_at.replace(microsecond=0)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
        },
    )
