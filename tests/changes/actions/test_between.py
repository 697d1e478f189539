from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import agenda, between, filing, interests, meetings
from changes.models import (
    AgendaItem,
    Choice,
    ConflictOfInterest,
    Decision,
    ElectronicVote,
    Meeting,
    MinuteEntry,
    Outcome,
    Substitute,
)
from changes.queries import news, sheets
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_draft, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DEADLINE = AT + timedelta(hours=24)
WORDS = {"a": "approve", "o": "object", "-": "abstain"}


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def change(members):
    return a_submitted(a_sheet(window=window().pk))


def ask(change, members, *, deadline_at=DEADLINE, at=AT):
    return between.ask(change, deadline_at=deadline_at, why="It cannot wait", by=members[0], at=at)


def vote(change, members, votes, *, at=AT):
    for place, choice in enumerate(votes):
        item = AgendaItem.objects.get(change=change)
        between.vote(item, choice=Choice(WORDS[choice]), reason="Because", by=members[place], at=at)


def refused(verb, *args, **given):
    with pytest.raises(Refusal) as refusal:
        verb(*args, **given)
    return [each.code for each in refusal.value.reasons]


def told(person):
    """What the person's news says of votes."""
    heard = news.heard(person).filter(act__contains="vote").order_by("pk")
    return [each.act.removeprefix("change.") for each in heard]


def test_the_vote_that_decides_it_ends_it_at_once_and_the_change_rides(change, members):
    ask(change, members)
    vote(change, members, "aaa")
    assert Decision.objects.count() == 0
    between.vote(item_of(change), choice=Choice.APPROVE, reason="", by=members[3], at=AT)
    change.refresh_from_db()
    decision = Decision.objects.get()
    assert (change.state, decision.is_between_meetings, decision.by) == ("scheduled", True, members[0])
    assert ElectronicVote.objects.get().end == "decided"


def test_nobody_is_present_in_a_meeting_by_voting_between_meetings(change, members):
    ask(change, members)
    vote(change, members, "aa")
    assert item_of(change).meeting.attendances.count() == 0


def test_who_objects_enough_rejects_it_at_once(change, members):
    ask(change, members)
    vote(change, members, "oooo")
    change.refresh_from_db()
    assert change.state == "rejected"


def test_at_the_deadline_the_votes_cast_decide_where_they_are_a_quorum(change, members):
    ask(change, members)
    vote(change, members, "aao")
    assert (between.keep(now=DEADLINE - timedelta(minutes=1))[0], between.keep(now=DEADLINE)[0]) == (0, 1)
    change.refresh_from_db()
    assert change.state == "scheduled"


@pytest.mark.parametrize(("votes", "end"), [("aa", "no_quorum"), ("aaooo", "decided"), ("ao-", "tie")])
def test_without_a_decision_it_goes_to_the_meeting_which_votes_anew(change, members, votes, end):
    ask(change, members)
    vote(change, members, votes)
    between.keep(now=DEADLINE)
    ended = ElectronicVote.objects.get()
    change.refresh_from_db()
    left = 0 if end != "decided" else len(votes)
    assert (ended.end, change.agenda_items.get().votes.count()) == (end, left)
    assert change.state == ("in_review" if end != "decided" else "rejected")


def test_only_abstentions_are_hopeless_and_do_not_stay_open(change, members):
    ask(change, members)
    vote(change, members, "------")
    assert ElectronicVote.objects.get().end == "hopeless"


def test_a_tie_waits_for_the_casting_vote_and_nothing_else_is_recorded(change, members):
    ask(change, members)
    vote(change, members, "aaooo")
    item = item_of(change)
    facts = {"outcome": Outcome.APPROVE, "sentence": "Go", "by": members[0], "at": AT}
    assert refused(between.decide, item, **facts) == ["electronic.only_a_tie"]
    between.vote(item, choice=Choice.APPROVE, reason="", by=members[5], at=AT)
    assert refused(between.decide, item, **facts | {"outcome": Outcome.DEFER}) == ["electronic.only_a_tie"]
    decision = between.decide(item, **facts)
    assert (decision.is_casting_vote, decision.is_between_meetings) == (True, True)
    assert ElectronicVote.objects.get().end == "decided"


def test_after_the_deadline_nobody_votes(change, members):
    ask(change, members)
    item = item_of(change)
    given = {"choice": Choice.APPROVE, "reason": "", "by": members[1], "at": DEADLINE}
    assert refused(between.vote, item, **given) == ["electronic.is_over"]


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (timedelta(minutes=59), "electronic.too_soon"),
        (timedelta(days=7), "electronic.after_the_meeting"),
    ],
)
def test_a_deadline_leaves_an_hour_and_comes_before_the_meeting(change, members, after, code):
    assert refused(ask, change, members, deadline_at=AT + after) == [code]
    assert ask(change, members, deadline_at=AT + timedelta(hours=1)).closed_at is None


def test_a_second_click_asks_once(change, members):
    assert ask(change, members) == ask(change, members)
    assert Event.objects.filter(act="change.put_to_vote").count() == 1


def test_a_draft_and_what_is_before_the_board_already_are_not_put_to_a_vote(change, members):
    assert refused(ask, a_draft(), members) == ["electronic.not_in_review"]
    in_session(change, by=members[0], at=AT)
    assert refused(ask, change, members) == ["electronic.not_in_review"]


def test_too_few_who_may_vote_or_a_conflict_of_the_one_who_asks_are_refused(change, members):
    for person in members[1:5]:
        ConflictOfInterest.objects.create(change=change, person=person, reason="Shares", at=AT)
    assert refused(ask, change, members) == ["electronic.too_few"]
    ConflictOfInterest.objects.create(change=change, person=members[0], reason="Shares", at=AT)
    assert refused(ask, change, members) == ["decision.conflict"]


def test_members_and_substitutes_are_told_reminded_once_each_time_and_told_how_it_ended(change, members):
    person = PersonFactory()
    period = {"from_on": date(2026, 11, 17), "until_on": date(2026, 11, 30)}
    Substitute.objects.create(member=members[2], person=person, **period)
    ask(change, members)
    vote(change, members, "a")
    rounds = [between.keep(now=AT + timedelta(hours=hours))[1] for hours in (11, 12, 12, 21, 22, 23)]
    between.keep(now=DEADLINE)
    everything = ["put_to_vote", "vote_reminded", "vote_reminded", "vote_undecided"]
    assert (rounds, told(members[1]), told(person)) == ([0, 1, 0, 0, 1, 0], everything, everything)
    assert (told(members[0]), told(PersonFactory())) == (["vote_undecided"], [])


def test_after_an_outage_two_reminders_are_one(change, members):
    ask(change, members)
    assert [between.keep(now=AT + timedelta(hours=23))[1] for _ in range(2)] == [1, 0]


def test_called_off_edited_or_with_the_meeting_it_ends_and_the_meeting_votes_anew(change, members):
    ends = []
    for act in ("call_off", "edit", "start"):
        ask(change, members)
        vote(change, members, "aa")
        if act == "call_off":
            between.call_off(change, by=members[0], at=AT)
        elif act == "edit":
            change.refresh_from_db()
            filing.edit(change, longer(change), version=change.version, by=change.requester, at=AT)
        else:
            meetings.start(item_of(change).meeting, by=members[0], at=AT)
        ends.append((ElectronicVote.objects.first().end, item_of(change).votes.count()))
    assert ends == [("called_off", 0), ("edited", 0), ("meeting", 0)]


def longer(change):
    """The change as it is, with steps that take longer: a material edit."""
    sheet = sheets.sheet_of(change)
    return replace(sheet, steps=tuple(replace(each, planned_seconds=900) for each in sheet.steps))


def test_a_conflict_declared_may_leave_it_decided(change, members):
    ask(change, members)
    vote(change, members, "aaa")
    interests.declare(item_of(change), reason="Shares", by=members[5], at=AT)
    assert ElectronicVote.objects.get().end == "decided"


@pytest.mark.django_db(transaction=True)
def test_votes_at_the_same_instant_decide_it_once_and_none_is_lost():
    members = a_board()
    change = a_submitted()
    ask(change, members)
    item, together, codes = item_of(change), Barrier(6), []

    def cast(person):
        together.wait()
        try:
            between.vote(item, choice=Choice.APPROVE, reason="", by=person, at=AT)
        except Refusal as refusal:
            codes.append(refusal.reasons[0].code)
        finally:
            connection.close()

    threads = [Thread(target=cast, args=(person,)) for person in members]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert (Decision.objects.count(), item.votes.count(), codes) == (1, 4, ["decision.already_taken"] * 2)


@pytest.mark.django_db(transaction=True)
def test_of_a_withdrawal_and_the_deciding_vote_at_the_same_instant_one_is_refused_clearly():
    members = a_board()
    change = a_submitted()
    ask(change, members)
    vote(change, members, "aaa")
    item, together, refused_ = item_of(change), Barrier(2), []

    def at_once(verb):
        together.wait()
        try:
            verb()
        except Refusal as refusal:
            refused_.append(refusal.conflict)
        finally:
            connection.close()

    last = {"choice": Choice.APPROVE, "reason": "", "by": members[3], "at": AT}
    verbs = [
        lambda: between.vote(item, **last),
        lambda: filing.withdraw(change, by=change.requester, at=AT),
    ]
    threads = [Thread(target=at_once, args=(verb,)) for verb in verbs]
    [each.start() for each in threads]
    [each.join() for each in threads]
    change.refresh_from_db()
    assert (change.state, all(refused_)) == ("withdrawn", True)


def test_it_stands_on_the_next_agenda_and_in_its_minutes(change, members):
    ask(change, members)
    vote(change, members, "aaaa")
    item = item_of(change)
    meetings.start(item.meeting, by=members[0], at=AT)
    ended = meetings.end(Meeting.objects.get(pk=item.meeting_id), by=members[0], at=AT)
    agenda.carry_over(ended, by=members[0], at=AT)
    text = MinuteEntry.objects.get(item=item).text
    assert "Decision: approve, between meetings by electronic vote." in text
    assert (change.agenda_items.count(), item.votes.count()) == (1, 4)
