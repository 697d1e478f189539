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
