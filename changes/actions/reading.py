"""Marking an item of the reader's pack as read, and taking the mark back."""

from datetime import datetime

from django.db import transaction

from changeboard.people.models import Person
from changes.models import AgendaItem, ReadMark


@transaction.atomic
def mark(item: AgendaItem, *, by: Person, at: datetime) -> ReadMark:
    """Note that the person has read it as it stands now; a second time the instant is newer."""
    made, _ = ReadMark.objects.update_or_create(item=item, person=by, defaults={"at": at})
    return made


@transaction.atomic
def take_back(item: AgendaItem, *, by: Person) -> None:
    """It is to be read. Without a mark nothing happens."""
    ReadMark.objects.filter(item=item, person=by).delete()
