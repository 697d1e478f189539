"""What of the notices waits for a person: what failed, calls to make, words to sign, a stopped backlog."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from changeboard.people.models import Person
from maintenance.models import Window
from notifications import labels
from notifications.models import Delivery, Silence, Words
from notifications.queries import addresses, due, words

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """One thing to do: by when, what, where, and the word on its button."""

    due_at: datetime | None
    title: str
    detail: str
    url: str
    act: str
    window: Window | None = None
    change: None = None


def waiting(person: Person, *, now: datetime) -> list[Waiting]:
    """For client services what needs a hand, for marketing what needs a name. Eleven queries at most, and eight
    for each window whose words changed after they were told."""
    found: list[Waiting] = []
    if person.has_perm("notifications.resend"):
        found += [_trouble(row) for row in Delivery.objects.unsettled().for_pages()[:MOST]]
        found += [_call(row) for row in Delivery.objects.to_call(now=now).for_pages()[:MOST]]
        found += _backlog()
        found += _addresses(now=now)
        found += [_other_words(window) for window in words.to_decide(now=now)]
    if person.has_perm("notifications.operate"):
        found += [_silence(each) for each in Silence.objects.unsettled()[:MOST]]
    if person.group_id is not None:
        own = Delivery.objects.waits_for_group(person.group_id, now=now).for_pages()
        found += [_to_read(row) for row in own[:MOST]]
    if person.has_perm("notifications.sign_off"):
        unsigned = Words.objects.unsigned().filter(window__starts_at__gt=now).exclude(written_by=person)
        found += [_unsigned(words) for words in unsigned.select_related("window__system")[:MOST]]
    return found


def _trouble(row: Delivery) -> Waiting:
    milestone = labels.MILESTONES[row.milestone].lower()
    detail = f"{row.window}, {milestone}: {row.what_went_wrong or labels.STATES[row.state].lower()}"
    title = f"{row.contact} has not been told"
    url = reverse("notifications:delivery", args=[row.pk])
    return Waiting(row.not_after, title, detail, url, "Put it right", window=row.window)


def _call(row: Delivery) -> Waiting:
    milestone = labels.MILESTONES[row.milestone].lower()
    detail = f"{row.window}, {milestone}. {row.contact.shown_address}"
    url = reverse("notifications:delivery", args=[row.pk])
    return Waiting(row.not_after, f"Call {row.contact}", detail, url, "Log the call", window=row.window)


def _backlog() -> list[Waiting]:
    stopped = due.stopped()
    if stopped is None:
        return []
    title = f"{stopped.waiting} overdue notices are stopped"
    detail = "More than three usual days would send. Look why, then let them go."
    url = reverse("notifications:list")
    return [Waiting(stopped.stopped_at, title, detail, url, "Look")]


def _to_read(row: Delivery) -> Waiting:
    url = reverse("notifications:in_app", args=[row.pk])
    detail = f"{row.window}, {labels.MILESTONES[row.milestone].lower()}, to {row.contact.group}"
    return Waiting(row.window.starts_at, row.subject, detail, url, "Read it", window=row.window)


def _silence(silence: Silence) -> Waiting:
    detail = "It is over." if silence.ended_at else "It lasts: look after the worker and the beat."
    url = reverse("notifications:operations")
    return Waiting(silence.since, "No notice could go out for a while", detail, url, "Look")


def _addresses(*, now: datetime) -> list[Waiting]:
    """All addresses as one thing to do, due when the first of them is needed."""
    number, row = addresses.first(now=now)
    if row is None:
        return []
    title = f"{number} address{'es' if number > 1 else ''} to look at"
    detail = f"First: {row.contact.shown_address}, {row.contact.client or row.contact.group}"
    return [Waiting(row.due_at, title, detail, reverse("notifications:addresses"), "Look", window=row.window)]


def _other_words(window: Window) -> Waiting:
    url = reverse("notifications:words", args=[window.reference])
    title = f"Say who hears that the words of {window} changed"
    detail = "Clients were told in other words: tell them now, or only in notices still to come."
    return Waiting(window.starts_at, title, detail, url, "Decide", window=window)


def _unsigned(words: Words) -> Waiting:
    window = words.window
    url = reverse("notifications:words", args=[window.reference])
    title = f"Sign off the client paragraph of {window}"
    return Waiting(window.starts_at, title, words.paragraph[:160], url, "Read it", window=window)
