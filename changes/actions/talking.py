"""What is said about a change, and who follows it."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import refuse
from changes.actions import searching
from changes.models import Change, Comment, Watch


@transaction.atomic
def say(change: Change, text: str, *, by: Person, at: datetime) -> Comment:
    """Write to everyone who follows the change; whoever writes follows it from now on."""
    if not text.strip():
        raise refuse("change.comment_is_empty", at_field="text")
    Watch.objects.get_or_create(change=change, person=by)
    comment = Comment.objects.create(change=change, by=by, at=at, text=text.strip())
    searching.index(change)
    record("change.commented", change, by=by, at=at)
    return comment


@transaction.atomic
def follow(change: Change, *, by: Person, at: datetime) -> Watch:
    """Watch the change from now on. A second time nothing happens."""
    watch, is_new = Watch.objects.get_or_create(change=change, person=by)
    if is_new:
        record("change.watched", change, by=by, at=at)
    return watch


@transaction.atomic
def unfollow(change: Change, *, by: Person, at: datetime) -> None:
    """Watch it no more. A second time nothing happens."""
    gone, _ = Watch.objects.filter(change=change, person=by).delete()
    if gone:
        record("change.unwatched", change, by=by, at=at)
