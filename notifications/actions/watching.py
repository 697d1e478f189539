"""A round of the beat that did not come is told to the administrators, by the next process that notices.

Any process may look: a worker or a loop before its round, a web server when somebody asks how things are. A silence
stands once, whoever notices it; one process tells of it, in changeboard at once and by mail.
"""

import os
import socket
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F

from changeboard.history.record import record
from changeboard.people.models import Person
from notifications.channels.email import silence_mail
from notifications.channels.email.send import Post
from notifications.domain.backoff import Answer, Kind
from notifications.models import Silence, Tick
from notifications.queries import operations

# So many rounds may be missing before it is one: a beat that is restarted misses one or two.
TICKS = 3
LEASE = timedelta(minutes=5)


def patience() -> timedelta:
    return timedelta(seconds=TICKS * settings.TICK_SECONDS)


def look(*, now: datetime) -> Silence | None:
    """The silence that lasts or nobody was told of, if there is one: noted once.

    One query while all is well. A platform that never ticked is not silent: it was not started yet.
    """
    last = (
        Tick.objects.order_by("-at", "-id")
        .annotate(is_open=Exists(Silence.objects.open()))
        .values_list("at", "is_open")
        .first()
    )
    return note(*last, now=now) if last else None


def note(since: datetime | None, is_open: bool, *, now: datetime, ticks: bool = False) -> Silence | None:
    """The same, for whoever knows the last round and whether a silence is open. With `ticks` a round is its end.
    No query while all is well."""
    if since is not None and now - since > patience():
        is_open = True
        me = f"{socket.gethostname()}:{os.getpid()}"[-80:]
        Silence.objects.get_or_create(since=since, defaults={"noticed_at": now, "noticed_by": me})
    if not is_open:
        return None
    if ticks:
        Silence.objects.filter(ended_at=None).update(ended_at=now)
    untold_first = F("told_at").asc(nulls_first=True)
    return Silence.objects.open().order_by(untold_first, "since").first()


def tell(silence: Silence | None, *, now: datetime) -> bool:
    """Mail each administrator, unless it was done or another process does it. Whether this one did.

    While the mail server does not take them it is tried again; a repeat has the same Message-ID and Date.
    """
    if silence is None:
        return False
    mine = Silence.objects.to_tell(now=now).filter(pk=silence.pk).update(telling_until=now + LEASE)
    if not mine:
        return False
    silence.refresh_from_db()
    late = operations.late_by(silence)
    answers: list[Answer] = []
    with Post() as post:
        for person in operations.administrators():
            answers.append(post.send(silence_mail.message(silence, person, late)))
            if not answers[-1].reached:
                # Our own relay is shut: it would be for all of them, and each waits.
                break
    # One who got it is enough: tried again for one whose server is slow, it would come to the others each time.
    if any(each.kind is Kind.ACCEPTED for each in answers) or all(
        each.kind is Kind.PERMANENT for each in answers
    ):
        Silence.objects.filter(pk=silence.pk).update(told_at=now, telling_until=None)
    return True


def notice(*, now: datetime) -> None:
    """Look and tell, for a process that runs no rounds itself."""
    tell(look(now=now), now=now)


@transaction.atomic
def settle(silence: Silence, *, by: Person, at: datetime) -> Silence:
    """An administrator has seen it: it waits for nobody any more. Again it changes nothing."""
    silence = Silence.objects.select_for_update(of=("self",)).get(pk=silence.pk)
    if silence.settled_at is None:
        silence.settled_at, silence.settled_by = at, by
        silence.save(update_fields=["settled_at", "settled_by"])
        record("silence.settled", silence, by=by, at=at, since=silence.since)
    return silence
