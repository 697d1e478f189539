"""Persons, their roles and their own settings."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Group, Person, Role
from changeboard.refusal import refuse


@transaction.atomic
def give_roles(
    person: Person, *, roles: Sequence[Role], group: Group | None, by: Person, at: datetime
) -> Person:
    """Set a person's roles and group. Refused when it would leave the platform without an administrator."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    wanted = sorted(role.value for role in roles)
    if Role.ADMINISTRATOR.value not in wanted and _is_last_administrator(person):
        raise refuse("person.last_administrator", at_field="roles")
    before = sorted(person.roles)
    person.roles, person.group = wanted, group
    person.save(update_fields=["roles", "group"])
    record("person.roles_given", person, by=by, at=at, before=before, after=wanted, group=group)
    return person


@transaction.atomic
def set_active(person: Person, *, active: bool, by: Person, at: datetime) -> Person:
    """Let a person sign in, or no longer. Refused for the last administrator."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not active and _is_last_administrator(person):
        raise refuse("person.last_administrator", at_field="is_active")
    person.is_active = active
    person.save(update_fields=["is_active"])
    record("person.activated" if active else "person.deactivated", person, by=by, at=at)
    return person


@transaction.atomic
def edit_profile(
    person: Person, *, first_name: str, last_name: str, email: str, time_zone: str, at: datetime
) -> Person:
    """A person's own name, address and zone."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.first_name, person.last_name = first_name, last_name
    person.email, person.time_zone = email, time_zone
    person.save(update_fields=["first_name", "last_name", "email", "time_zone"])
    record("person.profile_edited", person, by=person, at=at)
    return person


def _is_last_administrator(person: Person) -> bool:
    others = Person.objects.holding(Role.ADMINISTRATOR).exclude(pk=person.pk)
    return person.has_role(Role.ADMINISTRATOR) and not others.exists()
