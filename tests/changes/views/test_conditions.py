"""Conditions through the pages and the API: who may, what is answered, what is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from changes.actions import board, conditions, meetings
from changes.actions.conditions import Wanted
from changes.models import AgendaItem, Condition, Decision, Outcome
from tests.factories.board import a_board, all_approve, in_session
from tests.factories.changes import AT, a_submitted
from tests.factories.people import one_of_each_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_meeting():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def item(members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    all_approve(item, members, at=AT)
    return item


@pytest.fixture
def met(item, members):
    wanted = [Wanted("Operations on call", members[4], AT + timedelta(days=9))]
    board.decide(item, outcome=Outcome.WITH_CONDITIONS, sentence="", conditions=wanted, by=members[0], at=AT)
    return conditions.meet(Condition.objects.get(), evidence="Rota 51", by=members[4], at=AT)


def test_a_row_that_says_half_is_400_with_what_lacks_and_what_was_typed(client, item, members):
    client.force_login(members[0])
    typed = {"outcome": "approve_with_conditions", "text_1": "On call", "due_2": "2026-12-01"}
    answer = client.post(reverse("changes:decide", args=[item.pk]), typed)
    page = answer.content.decode()
    assert (answer.status_code, Decision.objects.count(), "On call" in page) == (400, 0, True)
    assert [page.count(words) > 0 for words in ("Say what.", "Say who.", "Say by when.")] == [True] * 3


@pytest.fixture
def due(item, members):
    """An open condition, and the item of a meeting that brings it back."""
    wanted = [Wanted("Operations on call", members[4], AT + timedelta(days=5))]
    board.decide(item, outcome=Outcome.WITH_CONDITIONS, sentence="", conditions=wanted, by=members[0], at=AT)
    brings_back, _ = AgendaItem.objects.get_or_create(
        meeting=item.meeting, kind="conditions", defaults={"position": 90}
    )
    meetings.move_on(item.meeting, brings_back, by=members[0], at=AT)
    return Condition.objects.get(), brings_back


@pytest.mark.parametrize(
    ("typed", "status", "evidence"),
    [
        ({"evidence": "Rota 51"}, 302, "Rota 51"),
        ({"evidence": " ", "link": "https://rota.example"}, 400, ""),
        ({"evidence": "Rota 51", "link": "the shelf"}, 400, ""),
    ],
)
def test_a_condition_is_recorded_in_the_meeting_and_what_is_refused_stands_in_its_place(
    client, due, members, typed, status, evidence
):
    condition, at_item = due
    client.force_login(members[4])
    place = reverse("changes:meet_in_meeting", args=[at_item.pk, condition.pk])
    answer = client.post(place, typed, headers={"HX-Request": "true"})
    page = answer.content.decode()
    condition.refresh_from_db()
    assert (answer.status_code, condition.evidence, "<html" in page) == (status, evidence, False)
    kept = [words in page for words in typed.values() if words.strip()]
    assert status == 302 or (kept, page.count("field__error")) == ([True] * len(kept), 1)


def test_a_due_day_that_is_over_is_said_beside_its_own_row(client, item, members):
    client.force_login(members[0])
    row = {"text_3": "On call", "owner_3": members[4].pk, "due_3": "2026-11-01"}
    answer = client.post(
        reverse("changes:decide", args=[item.pk]), {"outcome": "approve_with_conditions", **row}
    )
    form = answer.context["decision_form"]
    assert (answer.status_code, list(form.errors)) == (400, ["due_3"])


def test_only_the_chair_reopens_a_condition(client, met):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        if client.get(reverse("changes:reopen", args=[met.pk])).status_code != 403:
            opened.append(role)
    assert opened == ["chair"]


def test_the_page_of_the_change_shows_evidence_and_the_chair_the_button_to_reopen(client, met, members):
    seen = {}
    for person in (members[0], members[1]):
        client.force_login(person)
        page = client.get(met.change.get_absolute_url()).content.decode()
        seen[person] = ("Rota 51" in page, reverse("changes:reopen", args=[met.pk]) in page)
    assert seen == {members[0]: (True, True), members[1]: (True, False)}


def test_reopened_on_its_page_it_is_open_again(client, met, members):
    client.force_login(members[0])
    answer = client.post(reverse("changes:reopen", args=[met.pk]), {"reason": "It ends before"})
    met.refresh_from_db()
    assert (answer.status_code, met.met_at, met.reopened_because) == (302, None, "It ends before")
    assert client.post(reverse("changes:reopen", args=[met.pk]), {"reason": "x"}).status_code == 409


def test_the_api_lists_what_is_open_meets_and_reopens(client, met, members):
    client.force_login(members[0])
    address = reverse("changes:api-conditions-list")
    closed = client.get(address, {"open": "yes"}).json()
    asked = (
        ("reopen", {"reason": "It ends before"}), ("reopen", {"reason": "It ends before"}), ("meet", {}),
        ("meet", {"evidence": "Rota 52", "link": "https://rota/52"}),
    )  # fmt: skip
    answers = [client.post(f"{address}{met.pk}/{act}/", given, "application/json") for act, given in asked]
    statuses = [each.status_code for each in answers]
    assert (closed["results"], statuses) == ([], [200, 409, 400, 200])
    assert (answers[3].json()["evidence"], answers[3].json()["met_by"]) == ("Rota 52", members[0].username)


def test_without_evidence_and_with_no_address_both_are_said_and_what_was_typed_stays(client, met, members):
    conditions.reopen(met, reason="It ends before", by=members[0], at=AT)
    client.force_login(members[4])
    answer = client.post(
        reverse("changes:meet", args=[met.pk]), {"evidence": "", "link": "javascript:alert(1)"}
    )
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (400, ["evidence", "link"])
    assert ("javascript:alert(1)" in answer.content.decode(), Condition.objects.get().met_at) == (True, None)
