"""Doorbells: the beat and every commit ring, the verb works out from the database what to do."""

from celery import shared_task
from django.conf import settings

from changeboard import clock
from notifications.actions import news_mail, subscriber_mail, ticking
from notifications.models.ledger import BY_CALL

# changeboard/celery.py names it, docker-compose.yml gives it a worker of its own.
CALLS = "calls"


@shared_task(ignore_result=True)
def tick() -> None:
    ticking.watched(now=clock.now(), ring=ring)


@shared_task(ignore_result=True)
def send_batch(channel: str) -> None:
    ticking.send_batch(channel, now=clock.now())


@shared_task(ignore_result=True)
def tell_news() -> None:
    news_mail.tell(now=clock.now())


@shared_task(ignore_result=True)
def tell_subscribers() -> None:
    subscriber_mail.tell(now=clock.now())


def wake() -> None:
    """Have a worker do a round soon. A ring that nobody hears in time is dropped: the beat rings again."""
    tick.apply_async(expires=25)


def ring(channel: str, batches: int) -> None:
    """One broker message a batch, so that any number of workers share a wave. What is lost, the next tick rings.

    Calls to clients' systems have a queue of their own: one that never answers keeps no worker from the mails.
    """
    queue = CALLS if channel in BY_CALL else "celery"
    for _ in range(batches):
        send_batch.apply_async((channel,), expires=settings.TICK_SECONDS - 1, queue=queue)
