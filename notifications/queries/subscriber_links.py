"""The links in a subscriber's mails. The word in each is the proof: signed, kept nowhere, another for each use."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from notifications.domain import signing
from notifications.models import Subscriber

LINK_LASTS = timedelta(days=3)
PURPOSE = "subscriber"


def confirm_path(subscriber: Subscriber) -> str:
    """The link that confirms the newest asking: each asking has another one."""
    word = signing.token(settings.SECRET_KEY, _asking(subscriber), subscriber.pk)
    return reverse("notifications:confirm_subscriber", args=[subscriber.pk, word])


def confirms(subscriber: Subscriber, word: str) -> bool:
    """Whether the word is that of the newest asking."""
    return signing.opens(word, settings.SECRET_KEY, _asking(subscriber), subscriber.pk)


def is_stale(subscriber: Subscriber, *, now: datetime) -> bool:
    """Whether the newest asking is older than three days."""
    return now - subscriber.asked_at > LINK_LASTS


def choose_path(subscriber: Subscriber) -> str:
    return reverse("notifications:subscriber", args=[subscriber.pk, own_word(subscriber)])


def leave_path(subscriber: Subscriber) -> str:
    return reverse("notifications:leave_subscriber", args=[subscriber.pk, own_word(subscriber)])


def own_word(subscriber: Subscriber) -> str:
    """Lasts as long as the subscription: leaving must work from the oldest mail."""
    return signing.token(settings.SECRET_KEY, PURPOSE, subscriber.pk)


def is_own(subscriber: Subscriber, word: str) -> bool:
    return signing.opens(word, settings.SECRET_KEY, PURPOSE, subscriber.pk)


def _asking(subscriber: Subscriber) -> str:
    return f"confirm {subscriber.asks}"
