from datetime import date

import pytest
from django.db import IntegrityError, transaction

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import meetings, substitutes
from changes.models import Substitute
from changes.queries.attendance import roll
from changes.queries.seats import bench, counted
from tests.factories.board import a_board, in_session
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 17), date(2026, 11, 24)


@pytest.fixture
def members():
    return a_board()


def name(by, person, *, from_on=FIRST, until_on=LAST, at=AT):
    return substitutes.name(person=person, from_on=from_on, until_on=until_on, by=by, at=at)


def refused(*args, **given):
    with pytest.raises(Refusal) as refusal:
        name(*args, **given)
    return [each.code.removeprefix("substitute.") for each in refusal.value.reasons]


def test_a_member_names_who_sits_in_once_and_the_history_of_the_seat_says_so(members):
    person = PersonFactory()
    assert name(members[1], person) == name(members[1], person)
    told = Event.objects.get(act="substitute.named")
    assert (told.by, told.facts["person"]) == (members[1], str(person))


def test_oneself_a_member_and_who_sits_in_already_are_refused(members):
    person = PersonFactory()
    name(members[1], person)
    found = [refused(members[2], each) for each in (members[2], members[3], person)]
    assert found == [["oneself"], ["has_a_seat"], ["sits_in_already"]]


def test_days_that_are_over_or_taken_or_turned_round_are_refused_all_at_once(members):
    name(members[1], PersonFactory())
    assert refused(members[1], members[2]) == ["has_a_seat", "one_at_a_time"]
    assert refused(members[1], PersonFactory(), from_on=LAST, until_on=FIRST) == ["ends_before_it_begins"]
    assert refused(members[2], members[2], from_on=date(2026, 11, 1), until_on=date(2026, 11, 16)) == [
        "over",
        "oneself",
    ]


def test_the_day_after_the_last_another_may_sit_in(members):
    name(members[1], PersonFactory(), until_on=date(2026, 11, 20))
    assert name(members[1], PersonFactory(), from_on=date(2026, 11, 21)).until_on == LAST


def test_who_has_no_seat_names_nobody(members):
    assert refused(PersonFactory(), PersonFactory()) == ["no_seat"]


@pytest.mark.parametrize("same", ["member", "person"])
def test_the_database_holds_one_at_a_time(members, same):
    person = PersonFactory()
    row = {"member": members[1], "person": person, "from_on": FIRST, "until_on": LAST}
    Substitute.objects.create(**row)
    other = {"member": members[1], "person": PersonFactory()}
    if same == "person":
        other = {"member": members[2], "person": person}
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitute.objects.create(**row | other | {"from_on": LAST})


def test_ended_before_it_began_it_was_never_and_later_it_ends_yesterday(members):
    running = name(members[1], PersonFactory(), from_on=date(2026, 11, 1), at=AT)
    coming = name(members[2], PersonFactory(), from_on=date(2026, 11, 20))
    for each in (running, coming, running):
        substitutes.end(each, by=each.member, at=AT)
    assert list(Substitute.objects.values_list("until_on", flat=True)) == [date(2026, 11, 16)]
    assert Event.objects.filter(act="substitute.ended").count() == 2


def test_the_roll_shows_who_sits_in_and_only_misses_members(members):
    person = PersonFactory()
    name(members[1], person)
    meeting = in_session(a_submitted(), by=members[0], at=AT).meeting
    seen = {each.person: each for each in roll(meeting).seen}
    assert (seen[members[1]].substitute, seen[person].office) == (str(person), f"for {members[1]}")
    assert person not in [each.person for each in roll(meeting).away]


def test_a_substitute_who_is_here_counts_for_the_quorum_in_the_members_stead(members):
    person = PersonFactory()
    name(members[1], person)
    item = in_session(a_submitted(), by=members[0], at=AT)
    before = counted(item, bench(item.change, item.meeting.on)).quorum.present
    meetings.join(item.meeting, by=person, at=AT)
    after = counted(item, bench(item.change, item.meeting.on)).quorum
    assert (before, after.present, str(members[1]) in after.missing) == (1, 2, False)
