"""After what was agreed to is no longer what is planned: the wider circle is asked again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changes import labels
from changes.domain.playbook import Stage
from changes.models import Change, ReTest, SignOff, StageNote

State = SignOff.State
# Another day changes nothing in what was tested.
NOT_TESTED = ("window",)


@transaction.atomic
def ask_again(change: Change, edited: Sequence[str], *, by: Person | None, at: datetime) -> list[SignOff]:
    """Ask the groups again that answered before what they answered to was edited, and have the test repeated.

    A window that changes makes the agreed dates of the communication plan others: that is agreed again too.
    """
    if "window" in edited:
        StageNote.objects.filter(change=change, stage=Stage.COMMUNICATE).delete()
    if tested := _named(name for name in edited if name not in NOT_TESTED):
        ReTest.objects.filter(change=change, outdated_why="").update(outdated_why=tested)
    answered = SignOff.objects.filter(change=change).exclude(state=State.WAITING)
    found = list(answered.select_related("group").select_for_update(of=("self",)))
    why = _named(edited)
    for each in found:
        each.state, each.reopened_why, each.reminded_at = State.WAITING, why, None
        each.save(update_fields=["state", "reopened_why", "reminded_at"])
    if found:
        groups = [str(each.group) for each in found]
        record("change.circle_asked_again", change, by=by, at=at, groups=groups, why=why)
    return found


def _named(edited: Iterable[str]) -> str:
    """The fields in words, each once."""
    words = (labels.FIELDS.get(name, "Risk answers").lower() for name in edited)
    return ", ".join(dict.fromkeys(words))
