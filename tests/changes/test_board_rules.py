"""The rules of a vote and of a decision (PRODUCT.md section 7): one table, through the pages and through the API."""

import json
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from changes.models import AgendaItem, Decision, Substitute
from tests.factories.board import a_board, in_session
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
    "no seat": (5, "8a", 400),
    "a substitute": (6, "7a", 302),
    "a substitute, after the member": (6, "4a 7o", 400),
    "the member, after the substitute": (6, "7o 4a", 302),
    "the substitute of the requester": (4, "7a", 400),
    "the member whose substitute requested it": (7, "4a", 400),
}


def by_page(client, item, act, body):
    answer = client.post(reverse(f"changes:{act}", args=[item.pk]), body)
    return answer.status_code, answer.content.decode()


def by_api(client, item, act, body):
    url = f"/api/v1/agenda-items/{item.pk}/{act}/"
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
    return [
        send(people[int(each[0])], item, "vote", choice=WORDS[each[1]], reason="Because")[0]
        for each in votes.split()
    ][-1]


@pytest.mark.parametrize("case", VOTES)
def test_who_votes(send, people, case):
    requester, votes, status = VOTES[case]
    item = in_session(a_submitted(by=people[requester]), by=people[0 if requester else 1], at=AT)
    if case == "nobody on the board":
        status = 403 if requester == 6 else 400
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
