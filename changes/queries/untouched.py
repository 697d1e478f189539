"""Changes to which nothing has happened for too long, and to whose work they belong."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from changeboard.directory.queries.public_holidays import public_holidays, today
from changeboard.history.models import Event
from changeboard.people.models import Person, Role
from changes.domain import untouched
from changes.domain.lifecycle import State
from changes.domain.untouched import Whose
from changes.models import Change

# Who watches a change does not move it on.
NO_TOUCH = ("change.watched", "change.unwatched")
ROLES = {Role.CHAIR: Whose.CHAIR, Role.RELEASE_ENGINEER: Whose.RELEASE_ENGINEER}


def limits(now: datetime, *, times: int = 1) -> dict[State, timedelta]:
    """State → how long nothing may happen to a change in it, counted back from now."""
    return untouched.limits(today(now), public_holidays(), times=times)


def is_untouched(now: datetime, *, times: int = 1, states: Mapping[State, timedelta] | None = None) -> Q:
    """The changes to which nothing happened for longer than `times` the limit of their state."""
    found: Q = Q(pk__in=[])
    for state, length in (limits(now, times=times) if states is None else states).items():
        since = now - length
        recent = Exists(_touches().filter(subject_id=OuterRef("pk"), at__gte=since))
        found |= Q(~recent, state=state, created_at__lt=since)
    return found


def of(person: Person, *, now: datetime) -> QuerySet[Change] | None:
    """What others have left lying and this person is asked to move on; None for who never is.

    Whose requester has left comes here after the first limit: nobody else would hear of it.
    """
    mine = [whose for role, whose in ROLES.items() if person.has_role(role)]
    if not mine:
        return None
    once, twice = limits(now), limits(now, times=2)
    first = {state: once[state] for each in mine for state in untouched.states_of(each)}
    second = {state: twice[state] for each in mine for state in untouched.states_of(each, times=2)}
    asked = is_untouched(now, states=first) | is_untouched(now, states=second)
    if Whose.CHAIR in mine:
        asked |= is_untouched(now, states=once) & Q(requester__is_active=False)
    return touched(Change.objects.filter(asked).exclude(requester=person)).order_by(F("touched_at"))


def touched(rows: QuerySet[Change]) -> QuerySet[Change]:
    """With `touched_at`: when something last happened to each."""
    newest = _touches().filter(subject_id=OuterRef("pk")).order_by("-at").values("at")[:1]
    return rows.annotate(touched_at=Coalesce(Subquery(newest), "created_at"))


def _touches() -> QuerySet[Event]:
    return Event.objects.filter(subject_kind=Change._meta.label_lower).exclude(act__in=NO_TOUCH)
