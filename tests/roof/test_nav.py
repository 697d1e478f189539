from datetime import timedelta

import pytest

from changeboard import nav
from changeboard.nav import Nav
from changes.actions import talking
from changes.models import Change
from tests.factories.changes import AT, a_draft, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.COUNTS_ARE_KEPT = True
    nav._kept.clear()
    yield
    nav._kept.clear()


def waiting(person, at=AT):
    return Nav(person, at).waiting


def test_while_nothing_happens_the_count_is_one_query(django_assert_num_queries):
    change = a_draft()
    before = waiting(change.requester)
    with django_assert_num_queries(1):
        again = waiting(change.requester)
    assert (before, again) == (1, 1)


def test_what_anybody_does_is_counted_at_once():
    person = PersonFactory()
    counts = [waiting(person)]
    a_draft(by=person)
    counts.append(waiting(person))
    talking.say(a_submitted(), "x", by=person, at=AT)
    assert [*counts, waiting(person)] == [0, 1, 1]


def test_what_no_person_does_is_counted_after_a_quarter_of_a_minute():
    change = a_draft()
    waiting(change.requester)
    Change.objects.filter(pk=change.pk).update(state="withdrawn")
    later = AT + timedelta(seconds=nav.KEPT_SECONDS)
    assert (waiting(change.requester), waiting(change.requester, later)) == (1, 0)


def test_each_person_has_a_count_of_their_own():
    change = a_draft()
    assert (waiting(change.requester), waiting(PersonFactory())) == (1, 0)
