from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import IntegrityError

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import board, talking
from changes.models import Comment
from tests.factories.changes import AT, a_draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ann():
    return PersonFactory(username="Ann", first_name="Ann")


def facts(act):
    return Event.objects.filter(act=act).latest("id").facts


def said(text="Words", by=None):
    return talking.say(a_draft(), text, by=by or PersonFactory(), at=AT)


def test_whom_a_comment_mentions_is_in_the_history(ann):
    said("@ann, please look. @Ann!")
    assert facts("change.commented") == {"mentions": [ann.pk]}


@pytest.mark.parametrize("text", ["@nobody", "@gone"])
def test_only_active_people_are_mentioned(text):
    PersonFactory(username="gone", is_active=False)
    with pytest.raises(Refusal) as refused:
        said(text)
    assert [(r.code, r.field, r.facts["name"]) for r in refused.value.reasons] == [
        ("change.nobody_is_called", "text", text)
    ]
    assert not Comment.objects.exists()


def test_questions_and_answers_mention_too(ann):
    question = board.ask(a_draft(), text="@ann?", by=PersonFactory(), at=AT)
    board.answer(question, text="`@nobody` but @ann", by=PersonFactory(), at=AT)
    assert [facts(act)["mentions"] for act in ("change.asked", "change.answered")] == [[ann.pk]] * 2


def test_the_same_words_within_a_minute_are_one_comment():
    change, by = a_draft(), PersonFactory()
    for at in (AT, AT + MINUTE / 2, AT + MINUTE):
        talking.say(change, "Twice", by=by, at=at)
    assert Comment.objects.count() == 2


def test_an_edit_is_kept_in_the_history_with_whom_it_newly_mentions(ann):
    comment = said("@ann one", by=PersonFactory(username="bob"))
    talking.edit(comment, "@ann @bob two", by=comment.by, at=AT + MINUTE)
    comment.refresh_from_db()
    assert (comment.text, comment.edited_at) == ("@ann @bob two", AT + MINUTE)
    assert facts("change.comment_edited") == {
        "fields": {"comment": ["@ann one", "@ann @bob two"]},
        "mentions": [comment.by_id],
    }


@pytest.mark.parametrize(("minutes", "accepted"), [(15, True), (15.01, False)])
def test_a_comment_is_edited_for_a_quarter_of_an_hour(minutes, accepted):
    comment = said("one")
    with nullcontext() if accepted else pytest.raises(Refusal):
        talking.edit(comment, "two", by=comment.by, at=AT + minutes * MINUTE)
    comment.refresh_from_db()
    assert comment.text == ("two" if accepted else "one")


def test_a_withdrawn_comment_keeps_its_line_and_loses_its_words():
    comment = talking.withdraw(said(), by=(by := PersonFactory()), at=AT + MINUTE)
    comment.refresh_from_db()
    assert (comment.text, comment.withdrawn_at) == ("", AT + MINUTE)
    for again in (talking.withdraw, lambda c, **k: talking.edit(c, "x", **k)):
        with pytest.raises(Refusal):
            again(comment, by=by, at=AT + MINUTE)


def test_the_database_holds_that_a_comment_says_something():
    with pytest.raises(IntegrityError):
        Comment.objects.create(change=a_draft(), by=PersonFactory(), at=AT, text="")
