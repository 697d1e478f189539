"""A mail of news: plain text, HTML, and the headers that make one change one thread."""

import re
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from notifications.channels.email.press import inliner
from notifications.domain import threading
from notifications.models import NewsMail
from notifications.queries import letters
from notifications.queries.news_mail import NewsLetter


def message(mail: NewsMail, letter: NewsLetter, earlier: list[NewsMail]) -> EmailMultiAlternatives:
    """The same mail each time it is asked for: Message-ID and Date are the row's."""
    picture = {"letter": letter}
    text = re.sub(r"\n{3,}", "\n\n", render_to_string("notices/news/body.txt", picture).strip()) + "\n"
    made = EmailMultiAlternatives(
        subject=subject(letter),
        body=text,
        from_email=formataddr((letter.platform, str(settings.DEFAULT_FROM_EMAIL))),
        to=[formataddr((letter.person.full_name, letter.person.email))],
        headers=headers(mail, letter, earlier),
    )
    made.attach_alternative(
        inliner().inline(render_to_string("notices/news/body.html", picture)), "text/html"
    )
    return made


def subject(letter: NewsLetter) -> str:
    """The same for all mails about one change: a thread in every mail program."""
    if letter.change is not None:
        return " ".join(f"{letter.change.reference} {letter.change.title}".split())
    names = ", ".join(about.change.reference for about in letter.abouts[:4])
    more = f" and {len(letter.abouts) - 4} more" if len(letter.abouts) > 4 else ""
    return f"{'Today’s news' if letter.is_digest else 'News'} of {names}{more}"


def headers(mail: NewsMail, letter: NewsLetter, earlier: list[NewsMail]) -> dict[str, str]:
    host = letters.domain()
    found = {
        "Message-ID": message_id(mail),
        "Date": format_datetime(mail.made_at.replace(microsecond=0)),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, NRN, AutoReply, RN",
        "List-Id": f"News of your changes <news.{host}>",
        "List-Unsubscribe": f"<{letter.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if letter.change is not None:
        root = f"<news.{threading.plain(letter.change.reference)}.p{mail.person_id}@{host}>"
        found["References"] = threading.references(root, [message_id(before) for before in earlier])
    return found


def message_id(mail: NewsMail) -> str:
    return f"<news.p{mail.person_id}.m{mail.pk}@{letters.domain()}>"
