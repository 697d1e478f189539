"""What a person is to be mailed of their news, and what such a mail says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import Truncator

from changeboard.history.models import Event
from changeboard.people.models import MailChoice, Person
from changes.models import Change
from changes.queries import news
from notifications.domain import signing, wording
from notifications.domain.news_mail import KEPT, Choice, Line, Wish
from notifications.models import NewsLine, NewsMail

# Enough for a person's week; more than this is read in the list.
MOST = 500
SHOWN = 8
EXCERPT = 160
UNSUBSCRIBE = "news"


@dataclass(frozen=True)
class Said:
    """One line: when on the reader's clock, who, and what, cut short."""

    when: str
    who: str
    text: str


@dataclass(frozen=True)
class About:
    """One change's lines, oldest first; `more` are not shown."""

    change: Change
    link: str
    lines: list[Said]
    more: int


@dataclass(frozen=True)
class NewsLetter:
    """All that one mail says."""

    person: Person
    change: Change | None
    is_digest: bool
    abouts: list[About]
    link: str
    profile: str
    unsubscribe: str
    platform: str


def readers() -> QuerySet[Person]:
    """Who may sign in and wants mails."""
    wanting: QuerySet[Person] = Person.objects.filter(is_active=True).exclude(mail=MailChoice.NONE)
    return wanting.exclude(email="").order_by("pk")


def wish(person: Person) -> Wish:
    return Wish(
        Choice(person.mail),
        person.digest_hour,
        person.digest_every_day,
        person.time_zone,
        person.mail_since,
    )


def untold(person: Person, *, now: datetime) -> list[Line]:
    """Unread news that no mail told this person, oldest first. One query."""
    told = NewsLine.objects.filter(person=person, event_id=OuterRef("pk"))
    fresh = news.unread(person).filter(at__gte=max(person.mail_since, now - KEPT), at__lte=now)
    rows = fresh.filter(~Exists(told)).order_by("pk").values_list("pk", "subject_id", "at")
    return [Line(*row) for row in rows[:MOST]]


def is_wanted(mail: NewsMail) -> bool:
    """Whether the reader may still sign in, still wants mails and has not read all of it. Two queries."""
    if not readers().filter(pk=mail.person_id).exists():
        return False
    told = NewsLine.objects.filter(mail=mail).values("event_id")
    return news.unread(mail.person).filter(pk__in=told).exists()


def letter(mail: NewsMail) -> NewsLetter:
    """The mail in words. Four queries."""
    told = NewsLine.objects.filter(mail=mail).values("event_id")
    events = Event.objects.filter(pk__in=told).select_related("by").order_by("at", "pk")
    site = str(settings.SITE_URL)
    return NewsLetter(
        person=mail.person,
        change=mail.change,
        is_digest=mail.digest_on is not None,
        abouts=list(_abouts(news.lines(events), mail.person.time_zone, site)),
        link=site + reverse("changes:news"),
        profile=site + reverse("people:profile"),
        unsubscribe=site + unsubscribe_path(mail.person),
        platform=str(settings.PLATFORM_NAME),
    )


def unsubscribe_path(person: Person) -> str:
    word = signing.token(settings.SECRET_KEY, UNSUBSCRIBE, person.pk)
    return reverse("notifications:leave_news", args=[person.pk, word])


def _abouts(lines: list[news.News], zone: str, site: str) -> Iterator[About]:
    for change in dict.fromkeys(line.change for line in lines):
        about = [line for line in lines if line.change == change]
        shown = [
            Said(
                f"{wording.short_day(line.at, zone)}, {wording.clock_time(line.at, zone)}",
                str(line.by or ""),
                Truncator(" ".join(line.text.split())).chars(EXCERPT),
            )
            for line in about[-SHOWN:]
        ]
        yield About(change, site + change.get_absolute_url(), shown, len(about) - len(shown))
