"""A backlog far above a usual day stops the sending until a person lets it go (PRODUCT.md section 6)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict
from notifications.domain import backlog
from notifications.models import Backlog
from notifications.queries import due


def stops(*, now: datetime) -> bool:
    """Whether nothing may go out now. Notes a new stop, once."""
    if due.let_go_lately(now=now):
        return False
    waiting = due.long_overdue(now=now)
    if waiting <= backlog.TIMES * backlog.LEAST or not backlog.is_too_much(waiting, due.sent_by_day(now=now)):
        # It melted away by itself, or was never too much: nobody has to be asked any more.
        Backlog.objects.filter(released_at=None).delete()
        return False
    try:
        with transaction.atomic():
            Backlog.objects.create(stopped_at=now, waiting=waiting)
    except IntegrityError:
        Backlog.objects.filter(released_at=None).update(waiting=waiting)
    return True


@transaction.atomic
def let_go(*, by: Person, at: datetime) -> Backlog:
    """A person says that the backlog is meant: the next tick sends it. Refused when none is stopped."""
    stopped = Backlog.objects.select_for_update().filter(released_at=None).first()
    if stopped is None:
        raise conflict("backlog.none")
    stopped.released_at, stopped.released_by = at, by
    stopped.save(update_fields=["released_at", "released_by"])
    record("notice.backlog_released", stopped, by=by, at=at, waiting=stopped.waiting)
    return stopped
