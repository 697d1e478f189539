import pytest
from django.urls import reverse

from changeboard import clock
from changes.actions import talking
from changes.models import Comment, Question
from tests.factories.changes import AT, a_draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
RECORD = "Seen with MRN 1234567"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def post(client, change, **typed):
    return client.post(reverse("changes:say", args=[change.reference]), typed)


@pytest.mark.parametrize(("kind", "questions", "comments"), [("tough", 1, 0), ("comment", 0, 1), ("", 0, 1)])
def test_one_writes_a_comment_or_a_tough_question(client, person, kind, questions, comments):
    response = post(client, a_draft(), text="Why today?", kind=kind)
    assert (response.status_code, Question.objects.count(), Comment.objects.count()) == (
        302,
        questions,
        comments,
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Write something."),
        ("Ask @nobody", "Nobody here has the user name @nobody"),
        ("x" * 4001, "at most 4000"),
        (RECORD, "This looks like a medical record number"),
    ],
)
def test_a_fault_stands_beside_the_field_and_what_was_typed_stays(client, person, text, fault):
    response = post(client, a_draft(), text=text, kind="comment")
    page = response.content.decode()
    assert (response.status_code, fault in page, text in page) == (400, True, True)
    assert not Comment.objects.exists()


def test_what_only_looks_like_patient_data_is_posted_when_its_writer_says_so(client, person):
    change = a_draft()
    assert b"It is not patient data: post it" in post(client, change, text=RECORD).content
    post(client, change, text=RECORD, sure="yes")
    assert Comment.objects.get().text == RECORD


def test_an_answer_is_asked_about_patient_data_too(client, person):
    question = Question.objects.create(change=a_draft(), text="?", asked_by=person, asked_at=AT)
    response = client.post(reverse("changes:answer", args=[question.pk]), {"text": RECORD})
    assert (response.status_code, b"post it" in response.content) == (400, True)


@pytest.mark.parametrize("name", ["edit_comment", "withdraw_comment"])
def test_only_its_author_edits_or_withdraws_a_comment(client, person, name):
    url = reverse(f"changes:{name}", args=[talking.say(a_draft(), "x", by=PersonFactory(), at=AT).pk])
    assert client.post(url, {"text": "y"}).status_code == 403
    own = reverse(f"changes:{name}", args=[talking.say(a_draft(), "x", by=person, at=clock.now()).pk])
    assert client.post(own, {"text": "y"}).status_code == 302


def test_the_page_offers_to_edit_what_is_fresh_and_shows_what_was_withdrawn(client, person):
    change = a_draft()
    fresh = talking.say(change, "Fresh", by=person, at=clock.now())
    gone = talking.withdraw(talking.say(change, "Secret", by=person, at=AT), by=person, at=AT)
    page = client.get(change.get_absolute_url()).content.decode()
    offered = [reverse("changes:edit_comment", args=[one.pk]) in page for one in (fresh, gone)]
    assert (offered, "Withdrawn by its author" in page, "Secret" in page) == ([True, False], True, False)


def test_an_edit_that_comes_too_late_is_refused_with_409_and_kept(client, person):
    comment = talking.say(a_draft(), "x", by=person, at=AT)
    response = client.post(reverse("changes:edit_comment", args=[comment.pk]), {"text": "Too late"})
    assert (response.status_code, "Too late" in response.content.decode()) == (409, True)


def test_every_fault_of_a_comment_is_said_at_once(client, person):
    page = post(client, a_draft(), text=f"{RECORD}, ask @nobody").content.decode()
    faults = ("Nobody here has the user name @nobody", "This looks like a medical record number")
    assert [fault in page for fault in faults] == [True, True]
