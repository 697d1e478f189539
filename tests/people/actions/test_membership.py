from datetime import UTC, datetime

import pytest

from changeboard.history.models import Event
from changeboard.people.actions import membership
from changeboard.people.models import Person, Role
from changeboard.refusal import Refusal
from tests.factories.people import GroupFactory, PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_an_administrator_gives_roles_and_history_says_from_and_to():
    person, administrator = PersonFactory(), PersonFactory(administrator=True)
    membership.give_roles(person, roles=[Role.CHAIR], group=GroupFactory(), by=administrator, at=AT)
    event = Event.objects.about(person).get()
    assert (event.facts["before"], event.facts["after"], event.facts["group"]) == (
        ["engineer"],
        ["chair"],
        "Engineering",
    )


def test_the_last_administrator_stays_one():
    administrator = PersonFactory(administrator=True)
    with pytest.raises(Refusal) as refused:
        membership.give_roles(administrator, roles=[], group=None, by=administrator, at=AT)
    assert refused.value.reasons[0].code == "person.last_administrator"
    assert Person.objects.holding(Role.ADMINISTRATOR).get() == administrator


def test_the_last_administrator_cannot_be_shut_out_but_one_of_two_can():
    first, second = PersonFactory(administrator=True), PersonFactory(administrator=True)
    membership.set_active(second, active=False, by=first, at=AT)
    with pytest.raises(Refusal):
        membership.set_active(first, active=False, by=first, at=AT)


def test_somebody_who_left_holds_no_role():
    assert PersonFactory(chair=True, is_active=False).has_role(Role.CHAIR) is False
