from datetime import timedelta

import pytest

from changes.actions import emergency as verbs
from changes.queries import acts
from changes.queries.emergency import emergency
from tests.factories.board import a_board
from tests.factories.changes import AT, a_sheet, a_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def change():
    return a_submitted(a_sheet(kind="emergency"))


def seen(change, person):
    change.refresh_from_db()
    return emergency(change, person=person, acts=acts.possible(change, person))


def offered(change, person):
    found = seen(change, person)
    return (found.may_approve, found.may_object)


def test_what_is_no_emergency_has_none_of_it(members):
    assert seen(a_submitted(), members[1]) is None


def test_a_member_is_asked_and_the_requester_is_not(change, members):
    assert [offered(change, each) for each in (members[1], change.requester)] == [
        (True, True), (False, False),
    ]  # fmt: skip


def test_nobody_is_asked_twice(change, members):
    verbs.approve(change, by=members[1], at=AT)
    found = seen(change, members[1])
    assert (found.may_approve, found.may_object, found.missing) == (False, True, 1)


def test_while_one_objects_only_they_can_take_it_back(change, members):
    verbs.object_to(change, reason="Wait", by=members[1], at=AT)
    assert [offered(change, each) for each in members[1:3]] == [(True, False), (False, True)]


def test_voices_stand_in_their_order_in_one_query_however_many(change, members, django_assert_num_queries):
    verbs.approve(change, by=members[2], at=AT)
    verbs.object_to(change, reason="Wait", by=members[1], at=AT + timedelta(minutes=1))
    with django_assert_num_queries(1):
        found = emergency(change, person=members[3], acts=frozenset())
        names = [str(voice.person) for voice in found.voices]
    assert names == [str(members[2]), str(members[1])]
    assert (found.missing, len(found.objections)) == (1, 1)


def test_the_page_says_where_an_emergency_stands(client, change, members):
    client.force_login(members[3])
    words = []
    for member in members[1:3]:
        verbs.approve(change, by=member, at=AT)
        words.append(client.get(change.get_absolute_url()).content.decode())
    assert "one more board member must approve" in words[0]
    assert "Approved as an emergency" in words[1]
    assert "Nothing decided yet" not in words[1]
