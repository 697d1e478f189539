"""News by mail: work out which mails are due, then claim, send and mark them, as notices are.

Harmless to run twice or at once: a line stands once a person in the ledger, a digest once a day, and a
mail has one sender at a time. A repeat after a lost answer has the same Message-ID and Date.
"""

import logging
import random
import time
from datetime import datetime, timedelta

from django.db import transaction

from changeboard.people.models import Person
from notifications.actions import owners
from notifications.channels.email import news
from notifications.channels.email.send import Post
from notifications.domain import backoff
from notifications.domain.backoff import Answer, Kind
from notifications.domain.news_mail import Batch, due
from notifications.models import NewsLine, NewsMail, NewsMailState
from notifications.queries import news_mail

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=150)
# A mail of yesterday's news is tried no more.
OF_USE = timedelta(days=1)


def tell(*, now: datetime, most: int = 2000) -> int:
    """One round. Answers how many mails a server took."""
    began = time.monotonic()
    for person in news_mail.readers().values_list("pk", flat=True):
        plan(person, now=now)
    NewsMail.objects.silent(now=now).update(
        state=NewsMailState.PLANNED, try_at=now, lease_owner="", lease_until=None
    )
    owner = owners.new()
    taken = 0
    with Post() as post:
        for _ in range(most):
            mail = claim(owner=owner, now=now + timedelta(seconds=time.monotonic() - began))
            if mail is None:
                break
            taken += _send(mail, post, now=now)
    return taken


@transaction.atomic
def plan(person: int, *, now: datetime) -> list[NewsMail]:
    """Write the mails that are due for one person (id). Whom another process plans for is passed over."""
    free = news_mail.readers().filter(pk=person).select_for_update(skip_locked=True, no_key=True)
    reader = free.first()
    if reader is None:
        return []
    batches = due(news_mail.wish(reader), news_mail.untold(reader, now=now), now)
    return [_write(reader, batch, now=now) for batch in batches if not _had(reader, batch)]


def _had(reader: Person, batch: Batch) -> bool:
    """Whether this day had its digest."""
    on = batch.digest_on
    return on is not None and NewsMail.objects.filter(person=reader, digest_on=on).exists()


def _write(reader: Person, batch: Batch, *, now: datetime) -> NewsMail:
    mail = NewsMail.objects.create(
        person=reader, change_id=batch.change, digest_on=batch.digest_on, made_at=now, try_at=now
    )
    NewsLine.objects.bulk_create(
        NewsLine(mail=mail, person=reader, event_id=line.event) for line in batch.lines
    )
    return mail


@transaction.atomic
def claim(*, owner: str, now: datetime) -> NewsMail | None:
    """Take one due mail for `owner`; what others hold is passed over."""
    mail = NewsMail.objects.due(now=now).select_for_update(skip_locked=True).first()
    if mail is not None:
        mail.state, mail.lease_owner, mail.lease_until = NewsMailState.SENDING, owner, now + LEASE
        mail.tries += 1
        mail.save(update_fields=["state", "lease_owner", "lease_until", "tries"])
    return mail


def _send(mail: NewsMail, post: Post, *, now: datetime) -> bool:
    """Send one claimed mail if it is still wanted. True where a server took it."""
    if not news_mail.is_wanted(mail):
        _mark(mail, state=NewsMailState.SKIPPED, try_at=None)
        return False
    try:
        earlier = list(NewsMail.objects.earlier_than(mail)) if mail.change_id else []
        answer = post.send(news.message(mail, news_mail.letter(mail), earlier))
    except Exception as broken:
        # One mail that cannot be rendered must not hold up the others.
        logger.exception("news mail %s could not be rendered", mail.pk)
        answer = Answer(Kind.TEMPORARY, 0, f"rendering: {type(broken).__name__}")
    if answer.kind is Kind.ACCEPTED:
        _mark(mail, state=NewsMailState.ACCEPTED, try_at=None, server_answer=answer.text)
        return True
    jitter = random.random()  # noqa: S311 - jitter
    again = backoff.next_try(answer, mail.tries, now, mail.made_at + OF_USE, jitter)
    state = NewsMailState.FAILED if again is None else NewsMailState.PLANNED
    _mark(mail, state=state, try_at=again, server_answer=answer.text)
    return False


def _mark(mail: NewsMail, **values: object) -> None:
    """Write down what became of it, if it is still ours."""
    ours = NewsMail.objects.filter(pk=mail.pk, state=NewsMailState.SENDING, lease_owner=mail.lease_owner)
    ours.update(lease_owner="", lease_until=None, **values)
