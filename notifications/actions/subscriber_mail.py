"""Telling subscribers: what is due minus what is in their ledger is written down, then claimed and sent.

By the same plan, lateness and folding as clients are told by. Harmless to run twice or at once: a row stands
under its key, and a mail has one sender at a time; a repeat has the same Message-ID and Date.
"""

import logging
import random
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from maintenance.models import Window
from notifications.actions import owners, subscribing
from notifications.channels.email import subscriber as mails
from notifications.channels.email.send import Post
from notifications.domain import backoff, folding
from notifications.domain.backoff import Answer, Kind
from notifications.domain.milestones import AHEAD
from notifications.domain.picture import Planned
from notifications.domain.plan import plan
from notifications.models import Subscriber, SubscriberMail, SubscriberMailState
from notifications.queries import subscribers
from notifications.queries.subscriber_letters import letter

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=150)
State = SubscriberMailState


def tell(*, now: datetime, most: int = 2000) -> tuple[int, int]:
    """One round; returns how many mails a server took, and how many failed for good."""
    subscribing.forget(now=now)
    for window in subscribers.windows_to_tell(now=now):
        plan_window(window, now=now)
    return send_due(now=now, most=most)


@transaction.atomic
def plan_window(window_id: int, *, now: datetime) -> int:
    """Write what is due of one window; returns how many rows. A second run writes none.

    When another process is at it, or moves it, this run leaves it to them.
    """
    held = Window.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    window = held.select_related("system").filter(pk=window_id).first()
    if window is None:
        return 0
    SubscriberMail.objects.open().filter(window=window, revision__lt=window.revision).update(
        state=State.SUPERSEDED, reason="revision", try_at=None
    )
    told, entries = subscribers.readers(window), subscribers.ledger(window)
    if not entries and now >= window.ends_at:
        return 0
    picture = subscribers.picture(window, now=now)
    readers = [subscribers.as_reader(each) for each in told]
    wanted = folding.fold(plan(picture, subscribers.LINES, readers, entries), entries, picture, now)
    return _write(window, _due(wanted, {each.pk: each for each in told}, now), now=now)


def _due(rows: Iterable[Planned], told: dict[int, Subscriber], now: datetime) -> list[Planned]:
    """What is due by now, and to whom it is news: nobody is told what was over before they came."""
    return [
        row
        for row in rows
        if row.contact_id in told
        and row.try_at is not None
        and row.due_at <= now
        and (row.milestone in AHEAD or row.due_at > (told[row.contact_id].confirmed_at or now))
    ]


def _write(window: Window, due: list[Planned], *, now: datetime) -> int:
    fresh = [
        SubscriberMail(
            subscriber_id=row.contact_id, window=window, revision=window.revision,
            milestone=row.milestone.value, made_at=now, not_after=max(row.not_after, now),
            state=State.SKIPPED if row.skip else State.PLANNED, reason=row.skip,
            try_at=None if row.skip else now,
        )
        for row in due
    ]  # fmt: skip
    before = SubscriberMail.objects.filter(window=window).count()
    SubscriberMail.objects.bulk_create(fresh, ignore_conflicts=True)
    return SubscriberMail.objects.filter(window=window).count() - before


def send_due(*, now: datetime, most: int) -> tuple[int, int]:
    """Send what is due; returns how many were taken and how many failed for good."""
    began, taken, failed = time.monotonic(), 0, 0
    owner = owners.new()
    with Post() as post:
        for _ in range(most):
            at = now + timedelta(seconds=time.monotonic() - began)
            mail = claim(owner=owner, now=at)
            if mail is None:
                break
            state = _send(mail, post, now=at)
            taken += state is State.ACCEPTED
            failed += state is State.FAILED
    return taken, failed


@transaction.atomic
def claim(*, owner: str, now: datetime) -> SubscriberMail | None:
    """Take one due mail for `owner`; what others hold is passed over."""
    due = SubscriberMail.objects.due(now=now).select_for_update(skip_locked=True, of=("self",))
    mail = due.select_related("subscriber", "window__system").first()
    if mail is not None:
        mail.state, mail.lease_owner, mail.lease_until = State.SENDING, owner, now + LEASE
        mail.tries += 1
        mail.save(update_fields=["state", "lease_owner", "lease_until", "tries"])
    return mail


def _send(mail: SubscriberMail, post: Post, *, now: datetime) -> State:
    """Send one claimed mail if it still holds, and write the server's answer down."""
    no_longer = subscribers.no_longer(mail, now=now)
    if no_longer:
        return _mark(mail, State.SUPERSEDED, reason=no_longer)
    try:
        answer = post.send(mails.message(mail, letter(mail)))
    except Exception as broken:
        # One mail that cannot be rendered must not hold up the others.
        logger.exception("subscriber mail %s could not be rendered", mail.pk)
        answer = Answer(Kind.TEMPORARY, 0, f"rendering: {type(broken).__name__}")
    if answer.kind is Kind.ACCEPTED:
        return _mark(mail, State.ACCEPTED, accepted_at=now, server_answer=answer.text)
    jitter = random.random()  # noqa: S311 - jitter
    again = backoff.next_try(answer, mail.tries, now, mail.not_after, jitter)
    state = State.FAILED if again is None else State.PLANNED
    return _mark(mail, state, try_at=again, server_answer=answer.text)


def _mark(mail: SubscriberMail, state: State, **values: object) -> State:
    """Write down what became of it, if it is still ours."""
    ours = SubscriberMail.objects.filter(pk=mail.pk, state=State.SENDING, lease_owner=mail.lease_owner)
    ours.update(**{"try_at": None, "lease_owner": "", "lease_until": None, **values, "state": state})
    return state
