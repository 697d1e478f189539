from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.actions import talking
from changes.models import Change
from tests import side_bar
from tests.factories.changes import AT, a_draft, a_scheduled, a_sheet, a_submitted, an_approved, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def url(name, change):
    return reverse(f"changes:{name}", args=[change.reference])


@pytest.mark.parametrize("make", [a_draft, a_submitted, an_approved])
def test_the_page_answers_in_every_state(client, person, make):
    change = make()
    assert client.get(url("detail", change)).status_code == 200


def test_the_page_of_a_scheduled_change_says_where_it_rides(client, person):
    change = a_scheduled(window())
    assert b"Rides on" in client.get(url("detail", change)).content


def test_the_requester_submits_from_the_page(client, person):
    change = a_draft(by=person)
    client.post(url("submit", change))
    assert Change.objects.get().state != "draft"


def test_the_page_offers_only_what_is_possible(client, person):
    own, others = a_draft(by=person), a_draft()
    acts = [client.get(url("detail", change)).context["page"].acts for change in (own, others)]
    assert acts == [frozenset({"edit", "submit", "withdraw"}), frozenset()]


def test_an_illegal_act_answers_409_and_names_the_legal_ones(client, person):
    change = a_submitted(by=person)
    response = client.post(url("submit", change))
    assert (response.status_code, "Withdraw" in response.content.decode()) == (409, True)


def test_an_approved_change_is_put_on_a_window(client):
    change, on = an_approved(a_sheet(window=(on := window()).pk)), on
    client.force_login(PersonFactory(release=True))
    client.post(url("ride", change), {"window": on.pk})
    assert Change.objects.get().state == "scheduled"


def test_whoever_writes_follows_the_change(client, person):
    change = a_draft()
    client.post(url("say", change), {"text": "Demos moved to 13:00"})
    assert [(c.by, c.text) for c in change.comments.all()] == [(person, "Demos moved to 13:00")]


@pytest.mark.parametrize("comments", [1, 3])
def test_the_page_asks_the_same_number_of_queries_for_one_and_three_comments(
    client, person, comments, django_assert_num_queries
):
    change = a_scheduled(window())
    for _ in range(comments):
        talking.say(change, "Words", by=PersonFactory(), at=AT)
    client.get(url("detail", change))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url("detail", change))


PAGE_QUERIES = 28 + side_bar.QUERIES


def test_history_reads_in_words(client, person):
    change = a_submitted(by=person)
    assert b"Submitted to the board" in client.get(url("history", change)).content


@pytest.mark.parametrize("only", ["", "edits", "nonsense"])
def test_history_is_filtered_by_sort_and_an_unknown_sort_is_all(client, person, only):
    change = a_submitted(by=person)
    talking.say(change, "A <script> of words", by=person, at=AT)
    page = client.get(url("history", change), {"only": only}).content.decode()
    assert ("A &lt;script&gt; of words" in page, "Submitted to the board" in page) == ((only != "edits",) * 2)


@pytest.mark.parametrize("comments", [1, 30])
def test_the_history_asks_the_same_number_of_queries_for_few_and_many_entries(
    client, person, comments, django_assert_num_queries
):
    change = a_scheduled(window())
    for _ in range(comments):
        talking.say(change, "Words", by=PersonFactory(), at=AT)
    client.get(url("history", change))
    with django_assert_num_queries(HISTORY_QUERIES):
        client.get(url("history", change))


HISTORY_QUERIES = 8 + side_bar.QUERIES


def test_the_page_shows_the_newest_ten_entries_and_how_many_there_are(client, person):
    change = a_draft()
    for word in range(12):
        talking.say(change, f"Words {word}", by=person, at=AT)
    history = client.get(url("detail", change)).context["page"].history
    assert (len(history.entries), history.count) == (10, 13)


def test_sixty_comments_with_mentions_cost_as_many_queries_as_one(client, person):
    change, other = a_draft(), PersonFactory(username="ann")
    counts = []
    for many in (1, 59):
        for _ in range(many):
            talking.say(change, "@ann, **see**", by=other, at=AT + timedelta(hours=change.comments.count()))
        with CaptureQueriesContext(connection) as seen:
            page = client.get(url("detail", change)).content.decode()
        counts.append(len(seen))
    assert (counts[0], page.count(f"@{other}")) == (counts[1], 60)
