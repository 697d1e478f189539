from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import connection

from changeboard.refusal import Refusal
from changes.actions import emergency, filing, riding, wrapping_up
from changes.models import AgendaItem, Change, Membership, Substitute
from changes.queries import sheets
from tests.factories.board import a_board
from tests.factories.changes import AT, a_harmless_sheet, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return a_board()


def an_emergency(**given):
    by = given.pop("by", None)
    return a_submitted(a_sheet(kind="emergency", **given), by=by)


def code_of(verb, *args, **given):
    with pytest.raises(Refusal) as refused:
        verb(*args, at=AT, **given)
    return refused.value.reasons[0].code


def test_two_board_members_approve_an_emergency_at_once(members):
    change = an_emergency()
    first = emergency.approve(change, by=members[1], at=AT).state
    second = emergency.approve(change, by=members[2], at=AT)
    assert (first, second.state, second.decided_at) == ("in_review", "approved", AT)


def test_one_member_twice_is_not_two_members(members):
    change = an_emergency()
    emergency.approve(change, by=members[1], at=AT)
    assert code_of(emergency.approve, change, by=members[1]) == "change.approved_once_already"


def test_nobody_approves_their_own_emergency_nor_does_their_substitute(members):
    change = an_emergency(by=members[1])
    Substitute.objects.create(
        member=members[1], person=members[2], from_on=date(2026, 1, 1), until_on=date(2027, 1, 1)
    )
    codes = [code_of(emergency.approve, change, by=person) for person in members[1:3]]
    assert codes == ["change.own_change"] * 2


def test_only_who_sits_on_the_board_has_a_say(members):
    change = an_emergency()
    Membership.objects.filter(person=members[3]).update(until_on=date(2026, 11, 1))
    people = (PersonFactory(member=True), members[3])
    assert [code_of(emergency.approve, change, by=person) for person in people] == ["vote.no_seat"] * 2


def test_a_normal_change_is_no_emergency(members):
    change = a_submitted(a_harmless_sheet())
    assert code_of(emergency.approve, change, by=members[1]) == "change.not_an_emergency"


def test_an_objection_stops_it_until_it_is_taken_back(members):
    change = an_emergency()
    emergency.approve(change, by=members[1], at=AT)
    emergency.object_to(change, reason="Wait for the vendor.", by=members[2], at=AT)
    assert code_of(emergency.approve, change, by=members[3]) == "change.emergency_objected"
    assert emergency.approve(change, by=members[2], at=AT).state == "approved"


def test_an_objection_has_a_reason_and_comes_before_the_approval(members):
    change = an_emergency()
    assert code_of(emergency.object_to, change, reason=" ", by=members[1]) == "vote.objection_without_reason"
    for person in members[1:3]:
        emergency.approve(change, by=person, at=AT)
    assert code_of(emergency.object_to, change, reason="No", by=members[3]) == "change.act_not_legal"


def test_what_was_approved_is_not_what_was_edited_since(members):
    change = an_emergency()
    emergency.approve(change, by=members[1], at=AT)
    sheet = replace(sheets.sheet_of(change), window=window().pk)
    filing.edit(change, sheet, version=change.version, by=change.requester, at=AT)
    assert emergency.approve(change, by=members[2], at=AT).state == "in_review"


def test_an_approved_emergency_rides_and_is_no_longer_to_decide(members):
    change = an_emergency(window=window().pk)
    for person in members[1:3]:
        emergency.approve(change, by=person, at=AT)
    kinds = AgendaItem.objects.values_list("kind", flat=True)
    assert (Change.objects.get().state, sorted(kinds)) == (
        "scheduled", ["ahead", "conditions", "emergency", "released"],
    )  # fmt: skip


def carried_out(change, *, at, backed_out=False):
    on = window()
    Change.objects.filter(pk=change.pk).update(state="scheduled", window=on)
    riding.on_run_started(on, by=change.requester, at=at)
    riding.on_run_finished(on, backed_out=backed_out, by=change.requester, at=at)
    return Change.objects.get(pk=change.pk)


@pytest.mark.parametrize("backed_out", [True, False])
def test_the_review_is_due_five_working_days_after_it_was_carried_out(backed_out):
    # Thanksgiving is no working day.
    done = carried_out(an_emergency(), at=datetime(2026, 11, 21, 4, tzinfo=UTC), backed_out=backed_out)
    assert done.review_due_at == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_a_normal_change_has_no_review_day():
    assert carried_out(a_submitted(), at=AT).review_due_at is None


def test_an_emergency_is_closed_only_after_its_review():
    change = carried_out(an_emergency(), at=AT)
    assert (
        code_of(wrapping_up.close, change, close_code="successful", by=change.requester) == "close.no_review"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("people", "state", "voices"), [((1, 2), "approved", 2), ((1, 1), "in_review", 1)])
def test_two_browsers_at_once_count_each_person_once(people, state, voices, members):
    change = an_emergency()

    def click(person):
        try:
            emergency.approve(change, by=person, at=AT)
        except Refusal:
            pass
        finally:
            connection.close()

    threads = [Thread(target=click, args=[members[place]]) for place in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    change.refresh_from_db()
    assert (change.state, change.emergency_approvals.count()) == (state, voices)
