"""Who sits in for a member of the board for a period."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from changeboard.people.models import Person


def _never_two_at_once(whose: str, name: str) -> ExclusionConstraint:
    one = Func(F(whose), F(whose), Value("[]"), function="int8range")
    days = Func(F("from_on"), F("until_on"), Value("[]"), function="daterange")
    overlap = [(one, RangeOperators.OVERLAPS), (days, RangeOperators.OVERLAPS)]
    return ExclusionConstraint(name=name, expressions=overlap)


class SubstituteQuerySet(models.QuerySet["Substitute"]):
    def on(self, day: date) -> Self:
        """Who sits in for somebody on this day."""
        return self.filter(from_on__lte=day, until_on__gte=day, person__is_active=True)


class Substitute(models.Model):
    """Who sits in for a member for a period."""

    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    from_on = models.DateField()
    until_on = models.DateField()

    objects = SubstituteQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_substitution_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(member=F("person")), name="nobody_substitutes_themselves"),
            _never_two_at_once("member_id", "a_member_has_one_substitute_at_a_time"),
            _never_two_at_once("person_id", "a_substitute_sits_in_for_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.member}"

    def is_on(self, day: date) -> bool:
        """Whether the person sits in on this day; the person is read too."""
        return self.person.is_active and self.from_on <= day <= self.until_on
