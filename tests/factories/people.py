"""Persons and groups. Everybody's password is "changeboard"; pages sign in by force_login."""

import factory
from factory.django import DjangoModelFactory

from changeboard.people.models import Group, Person, Role


class GroupFactory(DjangoModelFactory[Group]):
    class Meta:
        model = Group
        django_get_or_create = ("slug",)

    name = factory.LazyAttribute(lambda group: group.slug.replace("-", " ").capitalize())
    slug = "engineering"


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.com")
    first_name = "Nora"
    last_name = factory.Sequence(lambda n: f"Engineer {n}")
    roles = [Role.ENGINEER.value]

    class Params:
        member = factory.Trait(roles=[Role.BOARD_MEMBER.value])
        chair = factory.Trait(roles=[Role.CHAIR.value, Role.BOARD_MEMBER.value])
        release = factory.Trait(roles=[Role.RELEASE_ENGINEER.value])
        client_services = factory.Trait(roles=[Role.CLIENT_SERVICES.value])
        administrator = factory.Trait(roles=[Role.ADMINISTRATOR.value])


def one_of_each_role() -> dict[str, Person]:
    """A person for each column of the roles table in the product's words."""
    return {role.value: PersonFactory(username=role.value, roles=[role.value]) for role in Role}
