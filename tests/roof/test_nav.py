from datetime import timedelta

import pytest

from changeboard.history import kept
from changeboard.history.models import Event
from changeboard.nav import Nav
from changes.actions import news, talking
from changes.models import Change
from tests.factories.changes import AT, a_draft, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.COUNTS_ARE_KEPT = True
    kept.forget()
    yield
    kept.forget()


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
    later = AT + timedelta(seconds=kept.KEPT_SECONDS)
    assert (waiting(change.requester), waiting(change.requester, later)) == (1, 0)


def test_each_person_has_a_count_of_their_own():
    change = a_draft()
    assert (waiting(change.requester), waiting(PersonFactory())) == (1, 0)


def unread(person):
    return Nav(person, AT).news


def test_what_one_reads_is_no_longer_counted_though_nothing_else_happened():
    change = a_submitted()
    talking.say(change, "x", by=PersonFactory(), at=AT)
    before = unread(change.requester)
    news.read([change.pk], by=change.requester, up_to=Event.objects.latest("pk").pk)
    assert (before, unread(change.requester)) == ("1", "")


def test_all_counts_of_the_side_bar_are_one_query_while_nothing_happens(django_assert_num_queries):
    person = a_draft().requester
    side = [Nav(person, AT) for _ in range(2)]
    assert [side[0].waiting, side[0].news, side[0].board] == [1, "", ""]
    with django_assert_num_queries(1):
        assert [side[1].waiting, side[1].news, side[1].board] == [1, "", ""]
