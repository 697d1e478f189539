"""Who sits in for whom."""

from dataclasses import dataclass
from datetime import date

from changeboard.people.models import Person
from changes.models import Membership, Substitute

PAST = 20


@dataclass(frozen=True)
class SubstitutesPage:
    """`ahead` holds those of today too, the first to begin first; `over` the last ones."""

    ahead: list[Substitute]
    over: list[Substitute]
    has_seat: bool


def page(person: Person, *, today: date) -> SubstitutesPage:
    """The page of substitutes. Three queries."""
    rows = Substitute.objects.select_related("member__group", "person__group")
    return SubstitutesPage(
        ahead=list(rows.filter(until_on__gte=today).order_by("from_on", "pk")),
        over=list(rows.filter(until_on__lt=today).order_by("-until_on", "-pk")[:PAST]),
        has_seat=Membership.objects.on(today).filter(person=person).exists(),
    )


def names(on: date) -> dict[int, Person]:
    """Member (id) → who sits in on this day. One query."""
    return {each.member_id: each.person for each in Substitute.objects.on(on).select_related("person")}
