"""The names of those who are mentioned in what people wrote."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from changeboard.people.models import Person
from changes.domain.mentions import mentioned


def persons(texts: Iterable[str]) -> dict[str, Person]:
    """Whom these texts mention, active or not, by user name in small letters. One query; none for nobody."""
    wanted = mentioned(*texts)
    if not wanted:
        return {}
    rows = Person.objects.annotate(small=Lower("username")).filter(small__in=wanted)
    return {person.username.lower(): person for person in rows}


def names(texts: Iterable[str]) -> dict[str, str]:
    """The same as names, for the pages."""
    return {username: str(person) for username, person in persons(texts).items()}
