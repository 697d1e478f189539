"""A mail to a subscriber: plain text, HTML, the calendar entry, and the headers that let them leave."""

import re
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from maintenance import ics
from maintenance.queries import public_feed
from notifications.channels.email.press import inliner
from notifications.domain.milestones import AHEAD, AT_ONCE
from notifications.models import SubscriberMail
from notifications.queries import letters
from notifications.queries.subscriber_letters import SubscriberLetter

FOLDER = "notices/subscribers"


def message(mail: SubscriberMail, letter: SubscriberLetter) -> EmailMultiAlternatives:
    """The same mail each time it is asked for: Message-ID and Date are the row's."""
    picture = {"letter": letter}
    text = re.sub(r"\n{3,}", "\n\n", render_to_string(f"{FOLDER}/body.txt", picture).strip()) + "\n"
    made = EmailMultiAlternatives(
        subject=" ".join(render_to_string(f"{FOLDER}/subject.txt", picture).split()),
        body=text,
        from_email=formataddr((letter.platform, str(settings.DEFAULT_FROM_EMAIL))),
        to=[letter.subscriber.address],
        headers=headers(mail, letter),
    )
    html = render_to_string(f"{FOLDER}/body.html", picture)
    made.attach_alternative(inliner().inline(html), "text/html")
    entry = _entry(mail, letter)
    if entry is not None:
        made.attach(entry)
    return made


def _entry(mail: SubscriberMail, letter: SubscriberLetter) -> MIMEText | None:
    """The window as the public feed has it, without METHOD: same UID, its revision as SEQUENCE."""
    if letter.window is None or mail.milestone not in (*AHEAD, *AT_ONCE):
        return None
    part = MIMEText(ics.calendar([public_feed.event(letter.window)]), "calendar", "utf-8")
    part.add_header("Content-Disposition", "attachment", filename="maintenance.ics")
    return part


def headers(mail: SubscriberMail, letter: SubscriberLetter) -> dict[str, str]:
    host = letters.domain()
    found = {
        "Message-ID": f"<subscriber.s{mail.subscriber_id}.m{mail.pk}@{host}>",
        "Date": format_datetime(mail.made_at.replace(microsecond=0)),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
    }
    if letter.window is None:
        return found
    return {
        **found,
        "References": f"<subscriber.s{mail.subscriber_id}.{letter.window.key}@{host}>",
        "List-Id": f"Planned maintenance <subscribers.notices.{host}>",
        "List-Unsubscribe": f"<{letter.leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
