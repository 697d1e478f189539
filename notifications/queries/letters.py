"""A letter: everything that a notice says to one reader. The words around it live in the templates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from changeboard.directory.domain import placeholders
from changeboard.directory.models import Client, Contact, System
from maintenance.models import Window, WindowRevision
from notifications import labels
from notifications.domain import signing, wording
from notifications.domain.milestones import AT_ONCE, RETRACTIONS, Milestone
from notifications.domain.wording import Times
from notifications.models import Delivery
from notifications.queries import pictures
from notifications.queries.corrections import Correction
from notifications.queries.letter_facts import WindowFacts as WindowFacts
from notifications.queries.letter_facts import facts as facts
from notifications.queries.touched import Riding, ServiceTouched

UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True)
class Progress:
    """How the work goes, on the reader's clock; empty where nothing is known yet."""

    started: str
    started_utc: str
    expected: str
    latest: str
    ended: str
    ended_utc: str
    ended_day: str
    took: str


@dataclass(frozen=True)
class Letter:
    """`times` in the reader's zone; `old` are the times this reader was told before, of a retraction."""

    milestone: str
    audience: str
    window: Window
    system: System
    client: Client | None
    contact: Contact
    at: datetime
    revised_at: datetime
    told_on: str
    lead: str
    times: Times
    old: Times | None
    up_to: str
    stops: str
    goes_on: str
    meanwhile: str
    why: str
    paragraphs: tuple[str, ...]
    riding: tuple[Riding, ...]
    services: tuple[ServiceTouched, ...]
    corrected: tuple[Correction, ...]
    objects: tuple[tuple[str, str], ...]
    progress: Progress
    platform: str
    site: str
    unsubscribe: str

    @property
    def greeting(self) -> str:
        """“Guten Morgen, Alex Kim,” in the contact's language and at its hour; a mailbox has no name."""
        return greeting(self.contact, self.at)

    @property
    def also(self) -> tuple[str, ...]:
        """The paragraphs with this reader's own name and times in them."""
        return tuple(self.filled(paragraph) for paragraph in self.paragraphs)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What is another than this reader heard, of a retraction."""
        return tuple(
            each if each.name else replace(each, now=self.filled(each.now), before=self.filled(each.before))
            for each in self.corrected
        )

    def filled(self, paragraph: str) -> str:
        name = self.client.name if self.client else labels.ANY_CLIENT
        return placeholders.filled(
            paragraph, own_values(name, self.times, self.up_to, self.system.code, self.window.reference)
        )

    @property
    def meanwhile_ended(self) -> str:
        """The client's own words, to stand among other sentences."""
        return wording.ended(self.meanwhile)


def own_values(client: str, times: Times, up_to: str, system: str, window: str) -> dict[str, str]:
    """What stands for each placeholder of a paragraph, for one reader."""
    return {
        "client": client,
        "date": times.day,
        "start": times.start,
        "end": times.end,
        "length": up_to or labels.NO_LENGTH,
        "system": system,
        "window": window,
    }


def greeting(contact: Contact, at: datetime) -> str:
    name = contact.name if contact.is_person else ""
    return wording.greeting(labels.GREETINGS[contact.language], at, contact.zone, name)


def domain() -> str:
    """The host that our Message-IDs and calendar UIDs stand under."""
    return _host(settings.SITE_URL)


@lru_cache(maxsize=8)
def _host(site: str) -> str:
    return urlsplit(site).hostname or "changeboard.invalid"


def write(
    about: WindowFacts,
    contact: Contact,
    milestone: str,
    audience: str,
    *,
    at: datetime,
    told: int | None = None,
) -> Letter:
    """The letter to one contact as of `at`. `told` is the revision they heard of before, for a retraction."""
    window, system, zone = about.window, about.system, contact.zone
    platform_zone = str(settings.PLATFORM_TIME_ZONE)
    revision, riding = about.revisions.get(window.revision), about.riding_for(contact)
    services = about.services_for(contact, window.revision)
    return Letter(
        milestone=milestone,
        audience=audience,
        window=window,
        system=system,
        client=contact.client,
        contact=contact,
        at=at,
        revised_at=revision.at if revision else at,
        told_on=wording.long_day(revision.at if revision else at, zone),
        lead=wording.lead(at, window.starts_at, zone),
        times=wording.times(window.starts_at, window.ends_at, zone, platform_zone),
        old=_old_times(about, zone, told) if milestone in AT_ONCE else None,
        up_to=wording.length(window.budget_seconds) if window.budget_seconds else "",
        stops=_named(system.stops, system) if window.budget_seconds else "",
        goes_on=system.goes_on,
        meanwhile=contact.client.meanwhile_in_words if contact.client else "",
        why=_why(window, revision, milestone),
        paragraphs=_paragraphs(about.paragraph, riding),
        riding=riding,
        services=services,
        objects=about.objects(services),
        corrected=about.corrections_for(contact, told) if milestone in AT_ONCE else (),
        progress=_progress(window, zone),
        platform=str(settings.PLATFORM_NAME),
        site=str(settings.SITE_URL),
        unsubscribe=settings.SITE_URL + unsubscribe_path(contact),
    )


def unsubscribe_path(contact: Contact) -> str:
    before, after = _around_the_word()
    return f"{before}{contact.pk}/{signing.token(settings.SECRET_KEY, UNSUBSCRIBE, contact.pk)}{after}"


@cache
def _around_the_word() -> tuple[str, str]:
    """Resolving an address takes longer than filling a mail: done once."""
    before, _, after = reverse("notifications:leave", args=[0, "word"]).partition("0/word")
    return before, after


@dataclass(frozen=True)
class Before:
    """What a contact was told of a window before over one channel: the mails' names, oldest first, and the
    newest older revision (None when nothing of an older one was told)."""

    mails: tuple[str, ...] = ()
    revision: int | None = None


def before(deliveries: Sequence[Delivery]) -> dict[int, Before]:
    """By delivery id, for all of them. One query."""
    told = Delivery.objects.told().filter(
        window__in={row.window_id for row in deliveries}, contact__in={row.contact_id for row in deliveries}
    )
    of_reader: dict[tuple[int, int, str], list[tuple[int, int, str]]] = defaultdict(list)
    fields = told.order_by("dated_at").values_list(
        "window_id", "contact_id", "channel", "pk", "revision", "message_id"
    )
    for window, contact, channel, pk, revision, name in fields:
        of_reader[window, contact, channel].append((pk, revision, name))
    return {
        row.pk: _before(row, of_reader.get((row.window_id, row.contact_id, row.channel), []))
        for row in deliveries
    }


def _before(row: Delivery, told: list[tuple[int, int, str]]) -> Before:
    return Before(
        tuple(name for pk, _, name in told if name and pk != row.pk),
        max((revision for _, revision, _ in told if revision < row.revision), default=None),
    )


def _old_times(about: WindowFacts, zone: str, told: int | None) -> Times | None:
    known = sorted(number for number in about.revisions if number < about.window.revision)
    old = about.revisions.get(told if told is not None else (known[-1] if known else 0))
    if old is None:
        return None
    return wording.times(old.starts_at, old.ends_at, zone, str(settings.PLATFORM_TIME_ZONE))


def _why(window: Window, revision: WindowRevision | None, milestone: str) -> str:
    """Of a retraction: why the window lies elsewhere or is off, or what of its impact is another."""
    if milestone == Milestone.CHANGED:
        return revision.reason if revision else ""
    return window.reason if milestone in RETRACTIONS else ""


def _paragraphs(paragraph: str, riding: tuple[Riding, ...]) -> tuple[str, ...]:
    paragraphs = [paragraph, *(change.paragraph for change in riding)]
    return tuple(dict.fromkeys(paragraph.strip() for paragraph in paragraphs if paragraph.strip()))


def _named(stops: str, system: System) -> str:
    """“Placing and looking up orders” → “… in RIS”, where the words do not name the system yet."""
    return f"{stops} in {system.code}" if stops and system.code not in stops else stops


def _progress(window: Window, zone: str) -> Progress:
    ended = pictures.done_at(window)
    expected = window.expected_end_at
    return Progress(
        started=wording.clock_time(window.started_at, zone) if window.started_at else "",
        started_utc=wording.utc_time(window.started_at) if window.started_at else "",
        expected=wording.clock_time(expected, zone) if expected else "",
        latest=wording.clock_time(max(window.ends_at, expected or window.ends_at), zone),
        ended=wording.clock_time(ended, zone) if ended else "",
        ended_utc=wording.utc_time(ended) if ended else "",
        ended_day=wording.long_day(ended, zone) if ended else "",
        took=wording.took(window.actual_downtime_seconds, window.started_at, ended),
    )
