"""Subscribing to public maintenance by mail: asked for, confirmed by the address's owner, left with one click.

Whoever asks learns nothing of an address: the answer is the same whether it was known or not.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from changeboard.directory.models import System
from changeboard.refusal import refuse
from notifications.models import Subscriber, SubscriberMail, SubscriberMailState
from notifications.queries.subscriber_links import LINK_LASTS

# A mailbox is not to be filled by whoever types its address.
ASKS_APART = timedelta(minutes=10)
UNCONFIRMED_KEPT = timedelta(days=7)
LEFT_KEPT = timedelta(days=30)


@transaction.atomic
def ask(*, address: str, time_zone: str, systems: Sequence[System], at: datetime) -> None:
    """Send a link to the address. Nobody who confirmed is changed by it: anybody could have asked.

    Asked again within ten minutes nothing happens.
    """
    values = {"time_zone": time_zone, "asked_at": at}
    fresh, is_new = Subscriber.objects.get_or_create(address=address.strip().lower(), defaults=values)
    subscriber = Subscriber.objects.select_for_update().get(pk=fresh.pk)
    if not is_new and at - subscriber.asked_at < ASKS_APART:
        return
    subscriber.asked_at, subscriber.asks = at, subscriber.asks + (0 if is_new else 1)
    if not subscriber.is_told:
        subscriber.time_zone = time_zone
        subscriber.systems.set(systems)
    subscriber.save(update_fields=["asked_at", "asks", "time_zone"])
    SubscriberMail.objects.create(
        subscriber=subscriber, revision=subscriber.asks, milestone=SubscriberMail.CONFIRM,
        made_at=at, try_at=at, not_after=at + LINK_LASTS,
    )  # fmt: skip


@transaction.atomic
def confirm(subscriber: Subscriber, *, at: datetime) -> Subscriber:
    """From now on the address is told. Twice is once; who left and asked again is back."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if not subscriber.is_told:
        subscriber.confirmed_at, subscriber.left_at = at, None
        subscriber.save(update_fields=["confirmed_at", "left_at"])
    return subscriber


@transaction.atomic
def choose(subscriber: Subscriber, *, systems: Sequence[System], time_zone: str) -> Subscriber:
    """Other systems, another clock. Refused for who is not told anything."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if not subscriber.is_told:
        raise refuse("subscriber.not_told")
    subscriber.time_zone = time_zone
    subscriber.save(update_fields=["time_zone"])
    subscriber.systems.set(systems)
    return subscriber


@transaction.atomic
def leave(subscriber: Subscriber, *, at: datetime) -> Subscriber:
    """No more mails, those that wait included. Twice is once."""
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if subscriber.is_told:
        subscriber.left_at = at
        subscriber.save(update_fields=["left_at"])
        subscriber.mails.open().update(state=SubscriberMailState.SUPERSEDED, reason="left", try_at=None)
    return subscriber


def forget(*, now: datetime) -> int:
    """Delete addresses that nobody confirmed, and of who left a month ago; returns how many."""
    old = Subscriber.objects.forgettable(unconfirmed_since=now - UNCONFIRMED_KEPT, left_since=now - LEFT_KEPT)
    return old.delete()[1].get("notifications.Subscriber", 0)
