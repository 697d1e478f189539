"""Subscribers and their ledger as the pure plan wants them, and what still holds of a mail."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from maintenance.models import Window, WindowRevision
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Audience, Line, Milestone, When
from notifications.domain.picture import Entry, Reader, WindowPicture
from notifications.models import Subscriber, SubscriberMail
from notifications.queries import pictures

M = Milestone
# Two weeks and a day: east of us the day of the notice begins sooner.
AHEAD, BEHIND, RETRACTED = timedelta(days=16), timedelta(days=2), timedelta(days=9)
EMAIL = "email"
# What everybody who subscribed is told; a move and a cancellation follow from what they were told before.
LINES = tuple(
    Line(Audience.CLIENTS, When.EVERY_WINDOW, milestone, days)
    for milestone, days in (
        (M.TWO_WEEKS, 14), (M.DAY_BEFORE, 1), (M.UNDER_WAY, 0), (M.EXTENDED, 0), (M.DONE, 0),
    )
)  # fmt: skip


def windows_to_tell(*, now: datetime) -> list[int]:
    """Ids of the windows of which something may be due; none while nobody subscribed. Two queries at most."""
    if not Subscriber.objects.told().exists():
        return []
    near = Q(starts_at__lt=now + AHEAD, ends_at__gt=now - BEHIND)
    revised = WindowRevision.objects.filter(revision__gt=0, at__gt=now - RETRACTED).values("window_id")
    running = Q(state__in=["in_progress", "verifying"])
    rows = Window.objects.filter(near | running | Q(pk__in=revised))
    return list(rows.order_by("starts_at", "pk").values_list("pk", flat=True))


def readers(window: Window) -> list[Subscriber]:
    """Who is to hear of it: whoever wants its system, and whoever was told of it before. One query."""
    before = SubscriberMail.objects.filter(window=window, state=State.ACCEPTED.value).values("subscriber_id")
    wants = Subscriber.objects.to_hear_of(window.system).values("pk")
    return list(Subscriber.objects.told().filter(Q(pk__in=wants) | Q(pk__in=before)).order_by("pk"))


def as_reader(subscriber: Subscriber) -> Reader:
    return Reader(subscriber.pk, Audience.CLIENTS, subscriber.time_zone, EMAIL, wants_point_of_service=True)


def picture(window: Window, *, now: datetime) -> WindowPicture:
    """With what is public of each revision's impact, alike for everybody."""
    found = pictures.pictures([window], {}, now=now)[window.pk]
    public = (
        replace(each, impact=each.impact.of_the_whole() if each.impact else None) for each in found.revisions
    )
    return replace(found, revisions=tuple(public), concerns={})


def ledger(window: Window) -> list[Entry]:
    """All that subscribers were told, or are to be told, of the window. One query."""
    rows = SubscriberMail.objects.filter(window=window).order_by("revision", "pk")
    fields = rows.values_list("subscriber_id", "revision", "milestone", "state")
    return [
        Entry(subscriber, EMAIL, revision, Milestone(milestone), Audience.CLIENTS, State(state))
        for subscriber, revision, milestone, state in fields
    ]


def no_longer(mail: SubscriberMail, *, now: datetime) -> str:
    """Why a mail is not sent any more; empty while it holds. Two queries at most."""
    subscriber = Subscriber.objects.filter(pk=mail.subscriber_id).first()
    if subscriber is None or now > mail.not_after:
        return "too_late"
    if mail.window_id is None:
        return "" if mail.revision == subscriber.asks else "revision"
    if not subscriber.is_told:
        return "left"
    present = Window.objects.filter(pk=mail.window_id, revision=mail.revision).exists()
    return "" if present else "revision"
