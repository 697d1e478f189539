from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.actions import voting
from changes.models import Decision, Meeting, Question, SignOff, Vote
from changes.queries.meeting import etag
from tests.factories.board import a_board, all_approve, in_session, item_of
from tests.factories.changes import AT, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_meeting():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


def url(name, *parts):
    return reverse(f"changes:{name}", args=parts)


def signed_in(client, person):
    client.force_login(person)
    return client


def test_the_chair_leads_a_member_votes_and_the_decision_is_recorded(client, members):
    change = a_submitted(a_sheet(window=window().pk))
    item, on = item_of(change), item_of(change).meeting.on.isoformat()
    chair = signed_in(client, members[0])
    assert chair.post(url("start_meeting", on)).status_code == 302
    for person in members:
        signed_in(client, person).post(url("vote", item.pk), {"choice": "approve", "reason": ""})
    answer = signed_in(client, members[0]).post(
        url("decide", item.pk), {"outcome": "approve", "sentence": "Go"}
    )
    change.refresh_from_db()
    assert (answer.status_code, Vote.objects.count(), change.state) == (302, 6, "scheduled")


@pytest.mark.parametrize(("voters", "state"), [(4, "approved"), (3, "in_review")])
def test_what_the_votes_decided_and_nobody_recorded_is_recorded_when_the_meeting_ends(
    client, members, voters, state
):
    change = a_submitted()
    item = in_session(change, by=members[0], at=AT)
    all_approve(item, members[:voters], at=AT)
    signed_in(client, members[0]).post(url("end_meeting", item.meeting.on.isoformat()))
    change.refresh_from_db()
    assert (change.state, change.agenda_items.filter(closed_at=None).count() > 0) == (
        state,
        state == "in_review",
    )


def test_a_decision_without_quorum_answers_400_names_who_is_missing_and_keeps_what_was_typed(client, members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    answer = signed_in(client, members[0]).post(
        url("decide", item.pk), {"outcome": "approve", "sentence": "As discussed in the room"}
    )
    page = answer.content.decode()
    assert (answer.status_code, Decision.objects.count()) == (400, 0)
    assert ("No quorum: 1 present of 3 needed" in page, "As discussed in the room" in page) == (True, True)


def test_a_condition_without_owner_or_date_is_named_beside_its_field(client, members):
    item = in_session(a_submitted(), by=members[0], at=AT)
    all_approve(item, members, at=AT)
    typed = {"outcome": "approve_with_conditions", "sentence": "", "text_1": "On call"}
    answer = signed_in(client, members[0]).post(url("decide", item.pk), typed)
    assert answer.status_code == 400
    assert answer.context["decision_form"].errors == {"owner_1": ["Say who."], "due_1": ["Say by when."]}


def test_a_live_page_with_nothing_new_answers_304_and_with_a_new_vote_200(
    client, members, django_assert_num_queries
):
    item = in_session(a_submitted(), by=members[0], at=AT)
    live = url("live", item.meeting.on.isoformat())
    reader = signed_in(client, members[1])
    tag = reader.get(live)["ETag"]
    # The session, the reader, and the meeting itself.
    with django_assert_num_queries(3):
        assert reader.get(live, headers={"If-None-Match": tag}).status_code == 304
    voting.vote(item, choice="approve", reason="", by=members[2], at=AT)
    assert reader.get(live, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "role", ["engineer", "board_member", "release_engineer", "client_services", "administrator"]
)
def test_only_a_chair_leads_the_meeting_or_decides(client, members, role):
    item = item_of(a_submitted())
    person = signed_in(client, PersonFactory(roles=[role]))
    assert person.post(url("start_meeting", item.meeting.on.isoformat())).status_code == 403
    assert person.post(url("decide", item.pk), {"outcome": "approve"}).status_code == 403


def test_the_requester_is_refused_to_vote_whatever_their_roles(client, members):
    item = in_session(a_submitted(by=members[2]), by=members[0], at=AT)
    assert signed_in(client, members[2]).post(url("vote", item.pk), {"choice": "approve"}).status_code == 403


def test_the_agenda_of_a_planned_meeting_and_the_list_can_be_read(client, members):
    item = item_of(a_submitted())
    reader = signed_in(client, PersonFactory())
    assert reader.get(item.meeting.get_absolute_url()).status_code == 200
    assert reader.get(url("board")).status_code == 200
    assert reader.get("/board/2026-13-45/").status_code == 404


def test_a_question_is_asked_answered_and_verified_in_the_browser(client, members):
    change = a_submitted()
    signed_in(client, members[1]).post(url("ask", change.reference), {"text": "Could it interrupt VPN?"})
    question = Question.objects.get()
    signed_in(client, change.requester).post(url("answer", question.pk), {"text": "For 30 s at worst"})
    assert signed_in(client, change.requester).post(url("verify", question.pk)).status_code == 403
    signed_in(client, members[2]).post(url("verify", question.pk))
    assert Question.objects.get().verified_by == members[2]


def test_an_empty_question_is_refused_beside_its_field(client, members):
    change = a_submitted()
    answer = signed_in(client, members[1]).post(url("ask", change.reference), {"text": " "})
    assert (answer.status_code, answer.context["form"].errors) == (400, {"text": ["Write the question."]})


def test_the_playbook_names_what_is_missing_and_a_group_agrees(client, members):
    change = a_submitted(a_sheet(window=window().pk))
    page = signed_in(client, members[3]).get(url("playbook", change.reference))
    assert (page.status_code, page.context["book"].current.step.stage) == (200, "present")
    sign_off = SignOff.objects.get(change=change, group=members[3].group)
    client.post(url("agree", sign_off.pk), {"word": "Fine with us"})
    assert SignOff.objects.filter(state="agreed").get().by == members[3]


def test_somebody_of_another_group_cannot_agree_for_it(client, members):
    change = a_submitted(a_sheet(window=window().pk))
    other = SignOff.objects.exclude(group=members[3].group).first()
    answer = signed_in(client, members[3]).post(url("agree", other.pk), {"word": ""})
    assert (answer.status_code, SignOff.objects.filter(state="agreed").count(), change.state) == (
        400,
        0,
        "in_review",
    )


def test_the_meeting_page_asks_the_same_number_of_queries_for_one_and_three_items(client, members):
    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(meeting.get_absolute_url())
        return len(seen)

    a_submitted()
    meeting = Meeting.objects.earliest("starts_at")
    client.force_login(members[1])
    # The first visit also fills what a process remembers.
    _, one = count(), count()
    a_submitted()
    a_submitted()
    assert count() == one


def test_a_planned_meeting_lies_on_a_thursday(members):
    assert item_of(a_submitted()).meeting.starts_at == datetime(2026, 11, 19, 16, tzinfo=UTC)


def test_a_screen_that_was_drawn_while_the_chair_moved_on_is_drawn_again(members):
    """The version of a screen is that of the row it was drawn from, not of what came since."""
    item = in_session(a_submitted(), by=members[0], at=AT)
    read = Meeting.objects.get(pk=item.meeting_id)
    voting.vote(item, choice="approve", reason="", by=members[2], at=AT)
    now = Meeting.objects.get(pk=item.meeting_id)
    assert etag(read, reader=1, item=None) != etag(now, reader=1, item=None)
