"""One member, two tabs, one instant: real transactions in two threads."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from changeboard.history.models import Event
from changes.actions import voting
from changes.models import Choice, Vote
from tests.factories.board import a_board, in_session
from tests.factories.changes import AT, a_submitted

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(item, choices, *, by):
    together, failed = Barrier(len(choices)), []

    def cast(choice):
        together.wait()
        try:
            voting.vote(item, choice=choice, reason="Not yet", by=by, at=AT)
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=cast, args=(choice,)) for choice in choices]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert failed == []


def minds(change):
    """Each vote on the change in the history: from what, to what."""
    events = Event.objects.about(change).filter(act__startswith="change.voted").order_by("id")
    return [(each.facts.get("before"), each.facts["choice"]) for each in events]


def test_of_a_first_vote_from_two_tabs_one_stands_and_the_other_is_a_change_of_mind():
    members = a_board()
    item = in_session(a_submitted(), by=members[0], at=AT)
    at_once(item, [Choice.APPROVE, Choice.OBJECT], by=members[1])
    (first, second), stands = minds(item.change), Vote.objects.get().choice
    assert {first[1], second[1]} == {"approve", "object"}
    assert (first[0], second) == (None, (first[1], stands))


def test_both_changes_of_mind_from_two_tabs_are_in_the_history_and_one_vote_stands():
    members = a_board()
    item = in_session(a_submitted(), by=members[0], at=AT)
    voting.vote(item, choice=Choice.ABSTAIN, reason="", by=members[1], at=AT)
    at_once(item, [Choice.APPROVE, Choice.OBJECT], by=members[1])
    cast, first, second = minds(item.change)
    assert (cast, first[0], second[0]) == ((None, "abstain"), "abstain", first[1])
    assert (second[1], {first[1], second[1]}) == (Vote.objects.get().choice, {"approve", "object"})
