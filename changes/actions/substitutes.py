"""Substitutes: a member names who sits in for a period, and ends that."""

from datetime import date, datetime, timedelta

from django.db import transaction

from changeboard.clock import local_date
from changeboard.history.record import record
from changeboard.people.models import Person, platform_time_zone
from changeboard.refusal import Reason, Refusal, refuse
from changes.models import Membership, Substitute


@transaction.atomic
def name(*, person: Person, from_on: date, until_on: date, by: Person, at: datetime) -> Substitute:
    """Have `person` sit in for oneself on these days, both included. The same again changes nothing.

    Refused, with every reason at once, without a seat, for oneself, for who has a seat or sits in for
    somebody else in these days (one person has one vote), for a second substitute at a time, and for days
    that are over. On what one of the two requested, neither votes.
    """
    # Both, always in one order: two members at once cannot name one person.
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=[person.pk, by.pk]).order_by("pk"))
    seat = Membership.objects.on(max(from_on, local_date(at, platform_time_zone()))).filter(person=by).first()
    if seat is None:
        raise refuse("substitute.no_seat", at_field="from_on")
    same = Substitute.objects.filter(member=by, person=person, from_on=from_on, until_on=until_on).first()
    if same is not None:
        return same
    if faults := _against(person, from_on, until_on, by=by, at=at):
        raise Refusal(faults)
    named = Substitute.objects.create(member=by, person=person, from_on=from_on, until_on=until_on)
    record("substitute.named", seat, by=by, at=at, person=person, from_on=from_on, until_on=until_on)
    return named


def _against(person: Person, from_on: date, until_on: date, *, by: Person, at: datetime) -> list[Reason]:
    if until_on < from_on:
        return [Reason("substitute.ends_before_it_begins", {}, "until_on")]
    faults = []
    if until_on < local_date(at, platform_time_zone()):
        faults.append(Reason("substitute.over", {}, "until_on"))
    meanwhile = Substitute.objects.filter(from_on__lte=until_on, until_on__gte=from_on)
    if person == by:
        faults.append(Reason("substitute.oneself", {}, "person"))
    elif Membership.objects.between(from_on, until_on).filter(person=person).exists():
        faults.append(Reason("substitute.has_a_seat", {"person": person}, "person"))
    elif other := meanwhile.filter(person=person).exclude(member=by).first():
        facts = {"person": person, "member": other.member}
        faults.append(Reason("substitute.sits_in_already", facts, "person"))
    if other := meanwhile.filter(member=by).first():
        sits_in = {"person": other.person, "until_on": other.until_on}
        faults.append(Reason("substitute.one_at_a_time", sits_in, "from_on"))
    return faults


@transaction.atomic
def end(substitute: Substitute, *, by: Person, at: datetime) -> None:
    """Sit on the board oneself from today. What has not begun, or began today, is as if never said; ended
    already, nothing happens. Votes that the substitute cast stand."""
    today = local_date(at, platform_time_zone())
    row = Substitute.objects.select_for_update(of=("self",)).filter(pk=substitute.pk).first()
    if row is None or row.until_on < today:
        return
    seat = Membership.objects.filter(person=row.member).order_by("-since_on").first()
    if row.from_on >= today:
        row.delete()
    else:
        row.until_on = today - timedelta(days=1)
        row.save(update_fields=["until_on"])
    if seat is not None:
        record("substitute.ended", seat, by=by, at=at, person=row.person)
