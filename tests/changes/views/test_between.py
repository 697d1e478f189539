import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from changes.actions import between
from changes.models import ElectronicVote
from tests.factories.board import a_board, item_of
from tests.factories.changes import AT, a_submitted
from tests.factories.people import one_of_each_role

pytestmark = pytest.mark.django_db
TYPED = {"deadline_at": "2026-11-18", "until": "16:00", "why": "Support ends"}


@pytest.fixture(autouse=True)
def a_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def change(members):
    return a_submitted()


def url(name, *parts):
    return reverse(f"changes:{name}", args=parts)


def ask(change, by):
    return between.ask(change, deadline_at=AT + timedelta(hours=24), why="", by=by, at=AT)


def test_the_chair_asks_members_vote_on_the_page_of_the_change_and_it_is_decided(client, members, change):
    client.force_login(members[0])
    page = client.post(url("ask_electronically", change.reference), TYPED, follow=True).content.decode()
    assert ("Support ends" in page, "Electronic vote" in page) == (True, True)
    for person in members[:4]:
        client.force_login(person)
        answer = client.post(url("vote", item_of(change).pk), {"choice": "approve", "reason": ""})
        assert answer["Location"] == change.get_absolute_url()
    page = client.get(change.get_absolute_url()).content.decode()
    assert ("the board, between meetings" in page, "4 approve, 0 object" in page) == (True, True)
    assert "between meetings" in client.get(item_of(change).meeting.get_absolute_url()).content.decode()


def test_the_page_of_the_board_shows_what_is_voted_on(client, members, change):
    ask(change, members[0])
    client.force_login(members[1])
    page = client.get(url("board")).content.decode()
    assert (change.title in page, "0 votes so far" in page) == (True, True)


def test_a_deadline_too_soon_stands_beside_its_field_and_what_was_typed_stays(client, members, change):
    client.force_login(members[0])
    early = TYPED | {"deadline_at": "2026-11-17", "until": "10:30"}
    page = client.post(url("ask_electronically", change.reference), early)
    errors = {"deadline_at": ["Give the members at least an hour."]}
    assert (page.status_code, page.context["form"].errors) == (400, errors)
    assert "Support ends" in page.content.decode()


def test_only_who_leads_meetings_asks_or_calls_off_and_never_on_their_own_change(client, members, change):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        statuses = [
            client.post(url(name, change.reference), {}).status_code
            for name in ("ask_electronically", "call_off_vote")
        ]
        opened += [role] if 403 not in statuses else []
    client.force_login(members[0])
    own = a_submitted(by=members[0])
    assert (opened, client.post(url("ask_electronically", own.reference), TYPED).status_code) == (
        ["chair"],
        403,
    )


def test_the_chair_leaves_it_to_the_meeting(client, members, change):
    ask(change, members[0])
    client.force_login(members[0])
    page = client.post(url("call_off_vote", change.reference), follow=True).content.decode()
    assert ("Called off" in page, ElectronicVote.objects.open().count()) == (True, 0)


def test_a_tie_is_broken_on_the_page_of_the_change(client, members, change):
    ask(change, members[0])
    for place, person in enumerate(members):
        given = {"choice": "approve" if place % 2 else "object", "reason": "Because"}
        between.vote(item_of(change), **given, by=person, at=AT)
    client.force_login(members[0])
    assert "the casting vote" in client.get(change.get_absolute_url()).content.decode()
    client.post(url("decide", item_of(change).pk), {"outcome": "approve", "sentence": "Go"})
    change.refresh_from_db()
    assert (change.state, change.decisions.get().is_casting_vote) == ("approved", True)


def test_the_api_asks_for_a_vote_and_shows_how_it_stands(client, members, change):
    client.force_login(members[0])
    body = json.dumps({"deadline_at": "2026-11-18T16:00:00Z", "why": ""})
    at = f"/api/v1/changes/{change.reference}/electronic-vote/"
    answer = client.post(at, body, content_type="application/json")
    assert (answer.status_code, answer.json()["count"]["standing"]) == (200, "open")
    late = client.post(
        at, json.dumps({"deadline_at": "2027-11-18T16:00:00Z"}), content_type="application/json"
    )
    assert late.status_code == 200
    client.force_login(members[1])
    assert client.post(at, body, content_type="application/json").status_code == 403
