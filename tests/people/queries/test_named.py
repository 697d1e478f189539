import pytest

from changeboard.people.queries import named
from changes.models import Comment, PlanStep
from tests.factories.changes import AT, a_draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_whoever_two_lists_name_is_found_in_one_query(django_assert_num_queries):
    change, by = a_draft(), PersonFactory()
    Comment.objects.bulk_create(Comment(change=change, by=by, at=AT, text=f"{n}") for n in range(3))
    comments, steps = list(Comment.objects.all()), list(PlanStep.objects.all())
    with django_assert_num_queries(1):
        named.name((comments, ["by"]), (steps, ["owner"]))
    with django_assert_num_queries(0):
        assert {comment.by for comment in comments} == {by}


def test_a_step_without_an_owner_stays_without(django_assert_num_queries):
    a_draft()
    PlanStep.objects.update(owner=None)
    steps = list(PlanStep.objects.all())
    with django_assert_num_queries(0):
        named.name((steps, ["owner"]))
        assert [step.owner for step in steps] == [None] * len(steps)
