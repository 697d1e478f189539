"""Persons, their roles and their own settings."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Group, Person, Role
from changeboard.refusal import refuse


@transaction.atomic
def add_person(
    *,
    username: str,
    email: str,
    first_name: str,
    last_name: str,
    time_zone: str,
    roles: Sequence[Role | str],
    group: Group | None,
    by: Person,
    at: datetime,
) -> tuple[Person, str]:
    """A new person and the password to start with, which is shown this once. Refused for a taken name."""
    if Person.objects.filter(username__iexact=username).exists():
        raise refuse("person.name_taken", at_field="username", username=username)
    _refuse_taken_email(email)
    password = secrets.token_urlsafe(12)
    person = Person.objects.create_user(
        username,
        email,
        password,
        first_name=first_name,
        last_name=last_name,
        time_zone=time_zone,
        group=group,
        roles=sorted(Role(role).value for role in roles),
        joined_at=at,
    )
    record("person.added", person, by=by, at=at, roles=person.roles)
    return person, password


@transaction.atomic
def give_roles(
    person: Person, *, roles: Sequence[Role | str], group: Group | None, by: Person, at: datetime
) -> Person:
    """Set a person's roles and group. Refused when it would leave the platform without an administrator."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    wanted = sorted(Role(role).value for role in roles)
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
    """A person's own name, address and zone. Refused when another person has the address."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    _refuse_taken_email(email, but=person)
    person.first_name, person.last_name = first_name, last_name
    person.email, person.time_zone = email, time_zone
    person.save(update_fields=["first_name", "last_name", "email", "time_zone"])
    record("person.profile_edited", person, by=person, at=at)
    return person


@transaction.atomic
def give_password(person: Person, *, by: Person, at: datetime) -> str:
    """A new password for someone who lost theirs, shown to `by` this once. Their sessions end."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.save(update_fields=["password"])
    record("person.password_given", person, by=by, at=at)
    return password


@transaction.atomic
def change_password(person: Person, *, new: str, at: datetime) -> Person:
    """Set a person's password, checked by the form. Sessions opened with the old one end."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.set_password(new)
    person.save(update_fields=["password"])
    record("person.password_changed", person, by=person, at=at)
    return person


def _refuse_taken_email(email: str, but: Person | None = None) -> None:
    others = Person.objects.exclude(pk=but.pk) if but else Person.objects.all()
    if others.filter(email__iexact=email).exists():
        raise refuse("person.email_taken", at_field="email", email=email)


def _is_last_administrator(person: Person) -> bool:
    others = Person.objects.holding(Role.ADMINISTRATOR).exclude(pk=person.pk)
    return person.has_role(Role.ADMINISTRATOR) and not others.exists()
