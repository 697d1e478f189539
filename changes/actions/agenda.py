"""Putting a change before the board: on the next meeting that is still planned."""

from datetime import datetime

from changeboard.people.models import Person
from changes.models import Change


def place(change: Change, *, by: Person | None, at: datetime) -> object | None:
    """Put the change on the next meeting's agenda. Until meetings recur nothing is written."""
    return None
