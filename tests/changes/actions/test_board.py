from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.refusal import Refusal
from changes.actions import board, filing, voting
from changes.models import Choice, Decision, Outcome, Substitute, Vote
from tests.factories.board import a_board, all_approve, in_session, item_of
from tests.factories.changes import AT, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def refused(verb, *args, **kwargs):
    """The codes with which a verb refuses."""
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return [reason.code for reason in refusal.value.reasons]


def decide(item, *, by, outcome=Outcome.APPROVE, sentence="", conditions=()):
    return board.decide(item, outcome=outcome, sentence=sentence, conditions=conditions, by=by, at=AT)


@pytest.fixture
def members(db):
    return a_board()


def test_a_submitted_change_is_in_review_on_the_next_meetings_agenda(members):
    change = a_submitted()
    assert (change.state, item_of(change).meeting.on.isoformat()) == ("in_review", "2026-11-19")


def test_an_approved_change_rides_on_the_window_it_asked_for(members):
    change = a_submitted(a_sheet(window=window().pk))
    item = in_session(change, by=members[0], at=AT)
    all_approve(item, members, at=AT)
    decide(item, by=members[0])
    change.refresh_from_db()
    assert (change.state, change.window.reference) == ("scheduled", "RIS-2026-12-15")


def test_a_decision_without_quorum_is_refused_and_names_who_is_missing(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    all_approve(item, members[:2], at=AT)
    with pytest.raises(Refusal) as refusal:
        decide(item, by=members[0])
    facts = refusal.value.reasons[0].facts
    assert (facts["present"], facts["needed"], len(facts["missing"])) == (2, 3, 4)


def test_half_of_the_members_of_too_few_groups_is_no_quorum(members):
    for person in members[1:3]:
        person.group = members[0].group
        person.save()
    item = in_session(a_submitted(), by=members[0], at=AT)
    all_approve(item, members[:3], at=AT)
    assert refused(decide, item, by=members[0]) == ["decision.no_quorum"]


def test_a_requester_never_votes_or_decides_on_their_own_change_whatever_their_roles(members):
    item = in_session(a_submitted(by=members[0]), by=members[1], at=AT)
    all_approve(item, members[1:], at=AT)
    assert refused(voting.vote, item, choice=Choice.APPROVE, reason="", by=members[0], at=AT) == [
        "vote.own_change"
    ]
    assert refused(decide, item, by=members[0]) == ["decision.own_change"]


def test_a_substitute_named_by_the_requester_does_not_vote_but_another_members_does(members):
    named, other = PersonFactory(), PersonFactory()
    today = AT.date()
    Substitute.objects.create(member=members[1], person=named, from_on=today, until_on=today + timedelta(7))
    Substitute.objects.create(member=members[2], person=other, from_on=today, until_on=today + timedelta(7))
    item = in_session(a_submitted(by=members[1]), by=members[0], at=AT)
    assert refused(voting.vote, item, choice=Choice.APPROVE, reason="", by=named, at=AT) == [
        "vote.stands_in_for_requester"
    ]
    voting.vote(item, choice=Choice.APPROVE, reason="", by=other, at=AT)
    assert Vote.objects.get().person == members[2]


def test_who_has_no_seat_does_not_vote(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    assert refused(voting.vote, item, choice=Choice.APPROVE, reason="", by=PersonFactory(), at=AT) == [
        "vote.no_seat"
    ]


def test_a_vote_can_be_changed_until_the_decision_and_each_change_of_mind_is_in_the_history(members):
    change = a_submitted()
    item = in_session(change, by=members[0], at=AT)
    voting.vote(item, choice=Choice.OBJECT, reason="Re-test first", by=members[1], at=AT)
    all_approve(item, members, at=AT)
    votes = Event.objects.about(change).filter(act__startswith="change.voted", by=members[1])
    assert [sentence(event) for event in votes.order_by("id")] == [
        "Voted: object. Re-test first",
        "Changed the vote from object to approve. ",
    ]
    decide(item, by=members[0])
    assert refused(voting.vote, item, choice=Choice.ABSTAIN, reason="", by=members[1], at=AT) == [
        "decision.already_taken"
    ]


def test_the_chair_cannot_approve_what_the_board_objects_to(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    for person in members[:4]:
        voting.vote(item, choice=Choice.OBJECT, reason="No", by=person, at=AT)
    assert refused(decide, item, by=members[0]) == ["decision.approve_against_the_votes"]


def test_a_deferred_change_returns_with_its_questions(members):
    change = a_submitted()
    item = in_session(change, by=members[0], at=AT)
    all_approve(item, members, at=AT)
    assert refused(decide, item, by=members[0], outcome=Outcome.DEFER) == ["decision.defer_without_words"]
    decide(item, by=members[0], outcome=Outcome.DEFER, sentence="Verify the VPN answer")
    change.refresh_from_db()
    assert change.state == "deferred"


def test_an_answer_is_verified_by_somebody_else_and_a_new_answer_is_unverified_again(members):
    change = a_submitted()
    question = board.ask(change, text="Could this interrupt VPN?", by=members[1], at=AT)
    assert refused(board.verify, question, by=members[2], at=AT) == ["question.not_answered"]
    question = board.answer(question, text="For 30 s at worst", by=change.requester, at=AT)
    assert refused(board.verify, question, by=change.requester, at=AT) == ["question.own_answer"]
    assert board.verify(question, by=members[2], at=AT).is_verified
    assert not board.answer(question, text="For 20 s", by=members[3], at=AT).is_verified


@pytest.mark.django_db(transaction=True)
def test_of_two_chairs_deciding_at_the_same_instant_one_is_refused_clearly():
    members = a_board()
    item = in_session(a_submitted(), by=members[0], at=AT)
    all_approve(item, members, at=AT)
    together, told = Barrier(2), []

    def record_it(person):
        together.wait()
        try:
            decide(item, by=person)
        except Refusal as refusal:
            told.append(refusal.reasons[0].code)
        finally:
            connection.close()

    threads = [Thread(target=record_it, args=(person,)) for person in members[:2]]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (Decision.objects.count(), told) == (1, ["decision.already_taken"])


def test_a_withdrawn_change_cannot_be_decided(members):
    change = a_submitted()
    item = in_session(change, by=members[0], at=AT)
    all_approve(item, members, at=AT)
    filing.withdraw(change, by=change.requester, at=AT)
    assert refused(decide, item, by=members[0]) == ["item.gone"]
