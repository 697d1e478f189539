"""The rules of a vote and of a decision (PRODUCT.md section 7): one table, through the pages and through the API."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from changeboard.people.actions import keys
from changeboard.people.models import Scope
from changes.actions import between, meetings
from changes.models import AgendaItem, ConflictOfInterest, Decision, MeetingRule, Substitute
from tests.factories.board import a_board, in_session, item_of
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
WORDS = {"a": "approve", "o": "object", "-": "abstain"}

# Six members of six groups, places 0 (the chair) to 5, 1 is a deputy; 6 is nobody, 7 a substitute of 4.
# who requested it, votes as place and choice, who records which outcome, what is answered, how it ends
DECISIONS = {
    "a majority": (6, "0a 1a 2a 3o", 0, "approve", 302, "approved"),
    "no quorum": (6, "0a 1a", 0, "approve", 400, "No quorum: 2 present of 3 needed"),
    "no quorum without the requester": (2, "0a 1a", 0, "approve", 400, "No quorum: 2 present"),
    "own change of the chair": (0, "1a 2a 3a", 0, "approve", 403, ""),
    "the deputy on the chair's change": (0, "1a 2a 3a", 1, "approve", 302, "approved"),
    "a member records": (6, "0a 1a 2a", 2, "approve", 403, ""),
    "a tie, by the casting vote": (6, "0a 1a 2o 3o", 0, "approve", 302, "approved by the casting vote"),
    "a tie, cast against": (6, "0a 1a 2o 3o", 0, "reject", 302, "rejected by the casting vote"),
    "approved against the votes": (6, "0a 1o 2o", 0, "approve", 400, "2 object and 1 approve"),
    "rejected against the votes": (6, "0a 1a 2o", 0, "reject", 400, "2 approve and 1 object"),
    "nobody approved": (6, "0- 1- 2-", 0, "approve", 400, "Nobody has voted to approve"),
    "by the substitute of a member": (6, "0a 1a 7a", 0, "approve", 302, "approved"),
}
# who requested it, the votes one after the other, what the last one is answered
VOTES = {
    "a member": (6, "1a", 302),
    "a change of mind": (6, "1a 1o", 302),
    "own change": (1, "1a", 403),
    "nobody on the board": (6, "6a", 403),
    "no seat": (5, "8a", 403),
    "a substitute": (6, "7a", 302),
    "a substitute, after the member": (6, "4a 7o", 400),
    "the member, after the substitute": (6, "7o 4a", 302),
    "the substitute of the requester": (4, "7a", 400),
    "the member whose substitute requested it": (7, "4a", 400),
}


PAGES = {"declare": "declare_conflict", "take_back": "take_back_conflict"}
PATHS = {"declare": "conflict", "take_back": "conflict/take-back"}


def by_page(client, item, act, body):
    answer = client.post(reverse(f"changes:{PAGES.get(act, act)}", args=[item.pk]), body)
    return answer.status_code, answer.content.decode()


def by_api(client, item, act, body):
    url = f"/api/v1/agenda-items/{item.pk}/{PATHS.get(act, act)}/"
    answer = client.post(url, json.dumps(body), content_type="application/json")
    return 302 if answer.status_code == 200 else answer.status_code, answer.content.decode()


@pytest.fixture(params=[by_page, by_api])
def send(request, client):
    def go(person, item, act, **body):
        client.force_login(person)
        return request.param(client, item, act, body)

    with time_machine.travel(AT, tick=False):
        yield go


@pytest.fixture
def people():
    people = [*a_board(), PersonFactory(), PersonFactory(), PersonFactory()]
    people[1].memberships.update(role="deputy")
    period = {"from_on": date(2026, 11, 17), "until_on": date(2026, 11, 24)}
    Substitute.objects.create(member=people[4], person=people[7], **period)
    return people


def vote_each(send, item, people, votes):
    """The status of the last one."""
    if not votes:
        return 0
    return [
        send(people[int(each[0])], item, "vote", choice=WORDS[each[1]], reason="Because")[0]
        for each in votes.split()
    ][-1]


@pytest.mark.parametrize("put", ["in the meeting", "between meetings"])
@pytest.mark.parametrize("case", VOTES)
def test_who_votes(send, people, case, put):
    requester, votes, status = VOTES[case]
    change, chair = a_submitted(by=people[requester]), people[0 if requester else 1]
    if put == "between meetings":
        between.ask(change, deadline_at=AT + timedelta(hours=24), why="", by=chair, at=AT)
        item = item_of(change)
    else:
        item = in_session(change, by=chair, at=AT)
    assert vote_each(send, item, people, votes) == status


@pytest.mark.parametrize("case", DECISIONS)
def test_what_is_decided(send, people, case):
    requester, votes, chair, outcome, status, words = DECISIONS[case]
    item = in_session(a_submitted(by=people[requester]), by=people[1 if requester == 0 else 0], at=AT)
    vote_each(send, item, people, votes)
    answered, text = send(people[chair], item, "decide", outcome=outcome, sentence="So be it")
    assert answered == status
    if status == 302:
        decision = Decision.objects.get()
        how = " by the casting vote" if decision.is_casting_vote else ""
        assert f"{decision.change.state}{how}" == words
    else:
        assert (words in text, Decision.objects.count()) == (True, 0)


# percent and groups that the rule asks for, the votes, what recording the approval is answered
SETTINGS = {
    "half of six members, three groups": (50, 3, "0a 1a 2a", 302, ""),
    "two thirds of six are four": (66, 3, "0a 1a 2a", 400, "No quorum: 3 present of 4 needed"),
    "four there": (66, 3, "0a 1a 2a 3a", 302, ""),
    "too few groups": (50, 4, "0a 1a 2a", 400, "3 groups of 4 needed"),
    "one member of one group": (1, 1, "0a", 302, ""),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_the_quorum_follows_both_of_its_settings(send, people, case):
    percent, groups, votes, status, words = SETTINGS[case]
    MeetingRule.objects.create(quorum_percent=percent, quorum_groups=groups)
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    vote_each(send, item, people, votes)
    answered, text = send(people[0], item, "decide", outcome="approve", sentence="")
    assert (answered, words in text) == (status, True)


def test_no_casting_vote_while_somebody_who_is_here_has_not_voted(send, people):
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    meetings.attend(item.meeting, by=people[5], at=AT)
    vote_each(send, item, people, "0a 1a 2o 3o")
    status, text = send(people[0], item, "decide", outcome="approve", sentence="")
    assert (status, f"not everybody here has voted: {people[5]}" in text) == (400, True)


# the votes between meetings, what the last one is answered, what became of the change
BETWEEN = {
    "decided by the last one": ("0a 1a 2a 3a", 302, "approved"),
    "rejected": ("0o 1o 2o 3o", 302, "rejected"),
    "a vote too late": ("0a 1a 2a 3a 4o", 409, "approved"),
    "still open": ("0a 1a 2a 3o", 302, "in_review"),
    "a change of mind decides": ("0a 1a 2a 3o 3a", 302, "approved"),
    "hopeless, then a vote": ("0- 1- 2- 3- 4- 5- 5a", 409, "in_review"),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_between_meetings_it_is_decided_at_once(send, people, case):
    votes, status, state = BETWEEN[case]
    change = a_submitted(by=people[6])
    between.ask(change, deadline_at=AT + timedelta(hours=24), why="", by=people[0], at=AT)
    assert vote_each(send, item_of(change), people, votes) == status
    change.refresh_from_db()
    assert change.state == state


# who says something of a conflict, after which votes, who votes then and what that is answered; how the votes stand
CONFLICTS = {
    "declared, then a vote": ("", 1, "declare", "1a", 400, 0),
    "a vote, then declared": ("1a 2a", 1, "declare", "3a", 302, 2),
    "declared and taken back": ("1a", 1, "take back", "1a", 302, 1),
    "by the substitute, who voted": ("7a", 7, "declare", "7a", 400, 0),
    "by the substitute, the member votes": ("7a", 7, "declare", "4a", 302, 1),
    "by the member whose substitute voted": ("7a", 4, "declare", "7a", 400, 0),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_a_conflict_of_interest_takes_the_vote_out(send, people, case):
    before, who, does, after, status, approvals = CONFLICTS[case]
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    vote_each(send, item, people, before)
    assert send(people[who], item, "declare", reason="My brother sells it")[0] == 302
    if does == "take back":
        send(people[who], item, "take_back")
    assert (vote_each(send, item, people, after), item.votes.count()) == (status, approvals)


@pytest.mark.parametrize(
    ("who", "reason", "status"), [(1, "", 400), (6, "Mine", 403), (8, "No seat", 403), (2, "x" * 301, 400)]
)
def test_a_conflict_is_declared_with_a_reason_by_whoever_has_a_seat(send, people, who, reason, status):
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    assert send(people[who], item, "declare", reason=reason)[0] == status
    assert ConflictOfInterest.objects.count() == 0


def test_who_declared_a_conflict_does_not_lead_the_decision(send, people):
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    vote_each(send, item, people, "1a 2a 3a")
    send(people[0], item, "declare", reason="Shares")
    status, text = send(people[0], item, "decide", outcome="approve", sentence="")
    assert (status, "You declared a conflict of interest" in text) == (400, True)
    assert send(people[1], item, "decide", outcome="approve", sentence="")[0] == 302


def test_after_the_decision_no_conflict_is_declared_or_taken_back(send, people):
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    send(people[1], item, "declare", reason="Shares")
    vote_each(send, item, people, "0a 2a 3a")
    send(people[0], item, "decide", outcome="approve", sentence="")
    statuses = [
        send(people[who], item, act, reason="Late")[0] for who, act in [(2, "declare"), (1, "take_back")]
    ]
    assert statuses == [409, 409]


def test_outside_a_meeting_nobody_votes(send, people):
    a_submitted(by=people[6])
    item = AgendaItem.objects.get(change__isnull=False)
    status, text = send(people[1], item, "vote", choice="approve", reason="")
    assert (status, "This meeting is not in session" in text) == (409, True)


def test_after_the_decision_no_vote_is_changed(send, people):
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    vote_each(send, item, people, "0a 1a 2a")
    send(people[0], item, "decide", outcome="approve", sentence="")
    status, text = send(people[2], item, "vote", choice="object", reason="No")
    assert (status, "Decided already" in text) == (409, True)


def test_a_key_reads_how_an_item_stands_and_never_votes_or_decides(client, people):
    item = in_session(a_submitted(by=people[6]), by=people[0], at=AT)
    _, secret = keys.make_key("Wall", scopes=list(Scope), by=people[0], at=AT)
    key = {"Authorization": f"Bearer {secret}"}
    at = f"/api/v1/agenda-items/{item.pk}/"
    shown = client.get(at, headers=key).json()
    assert (shown["count"]["standing"], shown["votes"], shown["votes_until"]) == ("open", [], None)
    acts = ("vote", "decide", "conflict", "conflict/take-back")
    assert {client.post(f"{at}{act}/", headers=key).status_code for act in acts} == {403}
