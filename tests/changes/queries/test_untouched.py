"""Changes that lie untouched come to somebody's work, and can be looked for in the list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from changes.actions import talking
from changes.queries.waiting import waiting
from tests.factories.changes import AT, a_draft, a_submitted, an_approved
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def work(person, days):
    return [(item.code, item.detail) for item in waiting(person, now=AT + days * DAY)]


def test_a_draft_is_named_untouched_to_its_requester_after_thirty_days():
    change = a_draft()
    assert [work(change.requester, days)[0][1] for days in (30, 31)] == ["", "Untouched for 31 days."]


def test_what_waits_for_the_board_comes_to_the_chair_after_two_weeks():
    change, chair = a_submitted(), PersonFactory(chair=True)
    assert (work(chair, 14), work(chair, 15)) == (
        [], [("untouched", f"In review, untouched for 15 days. {change.requester}")],
    )  # fmt: skip


def test_a_comment_is_a_touch_and_watching_is_none():
    change, chair = a_submitted(), PersonFactory(chair=True)
    talking.follow(change, by=PersonFactory(), at=AT + 10 * DAY)
    assert len(work(chair, 15)) == 1
    talking.say(change, "We wait for the vendor.", by=change.requester, at=AT + 14 * DAY)
    assert work(chair, 15) == []


def test_approved_and_riding_nowhere_comes_to_whoever_leads_windows_at_last():
    change, release = an_approved(), PersonFactory(release=True)
    assert [work(change.requester, days)[-1] for days in (7, 9)] == [
        ("ride", ""),
        ("ride", "Untouched for 9 days."),
    ]
    assert [len(work(release, days)) for days in (9, 20)] == [0, 1]


def test_what_somebody_left_behind_on_leaving_comes_to_the_chair():
    change, chair = a_draft(), PersonFactory(chair=True)
    assert work(chair, 31) == []
    change.requester.is_active = False
    change.requester.save()
    assert [code for code, _ in work(chair, 31)] == ["untouched"]


def test_nobody_else_is_asked_to_move_it_on():
    a_submitted()
    assert work(PersonFactory(member=True), 15) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_chair_finds_them_in_a_fixed_number_of_queries(rows, django_assert_num_queries):
    chair = PersonFactory(chair=True)
    for _ in range(rows):
        a_submitted()
    with django_assert_num_queries(9):
        waiting(chair, now=AT + 15 * DAY)


def test_the_list_shows_what_lies_untouched(client):
    old, new = a_draft(at=AT - 400 * DAY), a_draft(at=AT + 3650 * DAY)
    client.force_login(PersonFactory())
    page = client.get(reverse("changes:list"), {"lies": "yes"}).content.decode()
    assert old.reference in page
    assert new.reference not in page
    assert "Lies untouched" in page
