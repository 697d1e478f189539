"""Marking news as read, and muting a change. Marks go forward only, however often one asks."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from changeboard.history.models import Event
from changeboard.people.models import Person
from changes.models import Change, NewsMark, Watch
from changes.queries import news


@transaction.atomic
def read(changes: Iterable[int], *, by: Person, up_to: int) -> None:
    """What happened to these changes (ids) up to this event is read. Nothing in history: reading is no act."""
    ids = sorted(set(changes))
    NewsMark.objects.bulk_create(
        [NewsMark(person=by, change_id=pk, read_up_to=up_to) for pk in ids], ignore_conflicts=True
    )
    marks = NewsMark.objects.filter(person=by, change__in=ids, read_up_to__lt=up_to)
    marks.update(read_up_to=Greatest(F("read_up_to"), up_to))


def read_all(*, by: Person, up_to: int) -> None:
    """All that was on the page; what came since stays unread."""
    seen = news.unread(by).filter(pk__lte=up_to)
    read(seen.order_by().values_list("subject_id", flat=True).distinct(), by=by, up_to=up_to)


def open_change(change: Change, *, by: Person, newest: int | None) -> None:
    """Whoever looks at a change has read what happened to it up to the event `newest`, follower or not.

    One query where that is marked already; the page has found the newest event itself.
    """
    marks = NewsMark.objects.filter(person=by, change=change).values_list("read_up_to", flat=True)
    if newest is not None and next(iter(marks), -1) < newest:
        read([change.pk], by=by, up_to=newest)


@transaction.atomic
def mute(change: Change, *, by: Person, muted: bool) -> bool:
    """Tell this follower no more, or again. True where that was otherwise before."""
    mark, _ = NewsMark.objects.select_for_update().get_or_create(change=change, person=by)
    if mark.is_muted == muted:
        return False
    mark.is_muted = muted
    mark.save(update_fields=["is_muted"])
    return True


@transaction.atomic
def follow(change: Change, persons: Iterable[int]) -> bool:
    """These people (ids) watch the change from now on; True where one of them did not before.

    A new watcher is told of what comes, not of all that was. Whoever muted the change stays so.
    """
    newest = Event.objects.about(change).values_list("pk", flat=True).order_by("-pk").first()
    found = [
        (person, Watch.objects.get_or_create(change=change, person=person)[1])
        for person in Person.objects.filter(pk__in=list(persons))
    ]
    new = [person for person, is_new in found if is_new]
    for person in new:
        read([change.pk], by=person, up_to=newest or 0)
    return bool(new)
