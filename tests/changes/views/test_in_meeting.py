import pytest
import time_machine
from django.urls import reverse

from changes.actions import board, meetings
from changes.models import Decision, Meeting, ParkedPoint, Question, Vote
from tests.factories.board import a_board, all_approve, in_session, item_of
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
AS_PART = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def at_the_meeting():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def members():
    return a_board()


@pytest.fixture
def other(members):
    return item_of(a_submitted())


@pytest.fixture
def item(members, other):
    return in_session(a_submitted(), by=members[0], at=AT)


@pytest.fixture
def send(client, item):
    def go(person, act, *more, headers=None, **body):
        client.force_login(person)
        return client.post(reverse(f"changes:{act}", args=[item.pk, *more]), body, headers=headers or {})

    return go


def test_the_next_question_is_asked_answered_and_verified_without_leaving_the_meeting(send, item, members):
    answers = [send(members[1], "ask_in_meeting", text="Could it interrupt VPN?")]
    question = Question.objects.get()
    answers.append(send(item.change.requester, "answer_in_meeting", question.pk, text="For 30 s at worst"))
    answers.append(send(members[2], "verify_in_meeting", question.pk))
    question.refresh_from_db()
    assert {each.url for each in answers} == {item.meeting.get_absolute_url()}
    assert (question.answer, question.verified_by) == ("For 30 s at worst", members[2])


@pytest.mark.parametrize("act", ["ask_in_meeting", "note", "park"])
def test_an_empty_field_is_refused_beside_it_and_the_meeting_stays_live(send, members, act):
    answer = send(members[1], act, headers=AS_PART, text=" ")
    page = answer.content.decode()
    assert (answer.status_code, "every 1s" in page, "<html" in page) == (400, True, False)
    assert ('aria-invalid="true"' in page, answer["HX-Push-Url"]) == (True, "false")


def test_what_looks_like_patient_data_is_asked_about_and_sent_when_its_writer_says_it_is_none(send, members):
    text = "What of the patient born 03/14/1961?"
    asked = send(members[1], "ask_in_meeting", text=text)
    assert ("It is not patient data" in asked.content.decode(), Question.objects.count()) == (True, 0)
    send(members[1], "ask_in_meeting", text=text, sure="yes")
    assert Question.objects.get().text == text


def test_nobody_verifies_their_own_answer_in_the_meeting(send, item, members):
    question = board.ask(item.change, text="Why now?", by=members[1], at=AT)
    board.answer(question, text="Because.", by=members[2], at=AT)
    answer = send(members[2], "verify_in_meeting", question.pk)
    assert (answer.status_code, "Somebody else than the author" in answer.content.decode()) == (400, True)


def test_a_question_of_another_change_is_not_answered_here(send, members):
    other = board.ask(a_submitted(), text="Why now?", by=members[1], at=AT)
    assert send(members[2], "answer_in_meeting", other.pk, text="x").status_code == 404


def test_whoever_is_refused_on_the_current_item_still_follows_the_meeting(send, item, members):
    answer = send(members[0], "decide", headers=AS_PART, outcome="approve", sentence="As said")
    assert (answer.status_code, answer.context["shown"]) == (400, None)
    assert "As said" in answer.content.decode()


def test_a_refusal_on_another_item_leaves_the_reader_on_that_item(send, item, other, members):
    meetings.move_on(item.meeting, other, by=members[0], at=AT)
    answer = send(members[0], "decide", headers=AS_PART, outcome="approve", sentence="")
    assert answer.context["shown"] == item.pk


@pytest.mark.parametrize(("how", "stays"), [({"follows": "1"}, False), ({}, True)])
def test_whoever_votes_while_the_chair_moves_on_still_follows_the_meeting(
    send, item, other, members, how, stays
):
    meetings.move_on(item.meeting, other, by=members[0], at=AT)
    answer = send(members[1], "vote", choice="approve", **how)
    assert (answer.url.endswith(f"?item={item.pk}"), Vote.objects.get().item) == (stays, item)


def test_the_second_of_two_decisions_is_refused_clearly_and_the_first_is_shown(send, item, members):
    all_approve(item, members, at=AT)
    send(members[0], "decide", outcome="approve", sentence="First")
    second = send(members[0], "decide", headers=AS_PART, outcome="defer", sentence="Second")
    page = second.content.decode()
    assert (second.status_code, Decision.objects.count()) == (409, 1)
    assert ("Decided already, by" in page, "“First”" in page) == (True, True)


@pytest.mark.parametrize(("length", "status", "votes"), [(300, 302, 1), (2000, 400, 0)])
def test_a_reason_that_is_too_long_is_refused_and_kept(send, members, length, status, votes):
    answer = send(members[1], "vote", choice="object", reason="x" * length)
    assert (answer.status_code, Vote.objects.count()) == (status, votes)
    assert votes or "x" * length in answer.content.decode()


def test_a_vote_without_a_choice_is_refused(send, members):
    answer = send(members[1], "vote", reason="because")
    assert (answer.status_code, "Choose how you vote." in answer.content.decode()) == (400, True)


def test_a_point_is_put_aside_by_anybody_and_settled_by_whoever_leads(send, members):
    send(PersonFactory(), "park", text="Who pays for the lab?")
    point = ParkedPoint.objects.get()
    opened = [
        role
        for role, person in one_of_each_role().items()
        if send(person, "settle", point.pk, outcome=" ").status_code != 403
    ]
    send(members[0], "settle", point.pk, outcome="Support does")
    point.refresh_from_db()
    assert (opened, point.outcome) == (["chair"], "Support does")


def test_the_bar_names_who_is_missing_until_there_is_a_quorum(client, item, members):
    client.force_login(members[0])
    page = client.get(item.meeting.get_absolute_url()).content.decode()
    away = sorted(members[1:], key=lambda each: each.last_name)
    assert f"Missing: {', '.join(str(each) for each in away)}. Groups with nobody here" in page
    for person in members[1:3]:
        meetings.attend(item.meeting, by=person, at=AT)
    assert "Missing:" not in client.get(item.meeting.get_absolute_url()).content.decode()


def test_the_projector_follows_the_meeting_and_has_nothing_to_send(client, item, other, members):
    client.force_login(members[3])
    seen = client.get(reverse("changes:projector", args=[item.meeting.on.isoformat()])).content.decode()
    assert ("<form" in seen, item.change.title in seen, "/live/?wall" in seen) == (False, True, True)
    live = reverse("changes:live", args=[item.meeting.on.isoformat()])
    tag = client.get(f"{live}?wall")["ETag"]
    assert client.get(f"{live}?wall", headers={"If-None-Match": tag}).status_code == 304
    meetings.move_on(item.meeting, other, by=members[0], at=AT)
    answer = client.get(f"{live}?wall", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.context["seen"].current.item) == (200, other)


@pytest.mark.parametrize("state", ["planned", "live", "ended"])
def test_the_projector_shows_a_meeting_that_has_no_item_on_the_screen(client, members, state):
    meeting = item_of(a_submitted()).meeting
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    client.force_login(members[3])
    assert client.get(reverse("changes:projector", args=[meeting.on.isoformat()])).status_code == 200
