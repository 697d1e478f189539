"""One act on several changes that were ticked in the list: each is judged by itself, and each answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from changeboard.people.models import Person
from changeboard.refusal import Reason, Refusal, conflict
from changes.actions import filing, talking
from changes.domain.lifecycle import State
from changes.models import Change


class Deed(StrEnum):
    """What may be done to the ticked."""

    WATCH = "watch"
    UNWATCH = "unwatch"
    WITHDRAW = "withdraw"


NEEDS = {
    Deed.WATCH: "changes.read",
    Deed.UNWATCH: "changes.read",
    Deed.WITHDRAW: "changes.withdraw",
}


@dataclass
class Done:
    """What came of it: the changes it was done to, and those refused, each with its reasons."""

    done: list[Change] = field(default_factory=list)
    refused: list[tuple[Change, tuple[Reason, ...]]] = field(default_factory=list)


def do(deed: Deed, changes: Iterable[Change], *, by: Person, at: datetime) -> Done:
    """Do it to each for which this person may, in a transaction each; name the others and why not."""
    came = Done()
    for change in changes:
        try:
            VERBS[deed](_allowed(change, deed, by), by=by, at=at)
            came.done.append(change)
        except Refusal as refusal:
            came.refused.append((change, refusal.reasons))
    return came


def would(deed: Deed, changes: Iterable[Change], *, by: Person) -> Done:
    """The same without doing it, for the page that asks first."""
    came = Done()
    for change in changes:
        try:
            _allowed(change, deed, by)
            came.done.append(change)
        except Refusal as refusal:
            came.refused.append((change, refusal.reasons))
    return came


def _allowed(change: Change, deed: Deed, by: Person) -> Change:
    if not by.has_perm(NEEDS[deed], change):
        raise conflict("ticked.not_yours")
    if deed is Deed.WITHDRAW and change.state != State.DRAFT:
        raise conflict("ticked.no_draft", state=change.get_state_display())
    return change


@transaction.atomic
def _withdraw(change: Change, *, by: Person, at: datetime) -> Change:
    # Judged again under the lock: somebody may have submitted it meanwhile.
    return filing.withdraw(_allowed(Change.objects.locked(change.pk), Deed.WITHDRAW, by), by=by, at=at)


VERBS: dict[Deed, Callable[..., object]] = {
    Deed.WATCH: talking.follow,
    Deed.UNWATCH: talking.unfollow,
    Deed.WITHDRAW: _withdraw,
}
