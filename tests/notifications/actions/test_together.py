"""The same with several notices at once: all of them or none, each with its line of history."""

from datetime import UTC, datetime, timedelta

import pytest

from changeboard.history.models import Event
from changeboard.history.sentences import sentence
from changeboard.refusal import Refusal
from notifications.actions import holding, reconciling, ticking
from notifications.domain.lifecycle import Act
from notifications.models import Delivery
from notifications.queries import together
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def kim(db):
    return PersonFactory(username="kim")


@pytest.fixture
def three(desk, juniper, window, mailbox):
    """Three readers of the two-week notice, planned."""
    ContactFactory.create_batch(2, client=juniper)
    reconciling.reconcile(now=TWO_WEEKS - HOUR)
    return window


def do(window, act, kim, *, many=3, reason="The server is down", at=TWO_WEEKS - HOUR, milestone="two_weeks"):
    return holding.together(window, milestone=milestone, act=act, many=many, reason=reason, by=kim, at=at)


def states():
    return sorted(Delivery.objects.filter(milestone="two_weeks").values_list("state", flat=True))


def test_all_of_a_milestone_are_held_and_released_with_a_line_each(three, kim):
    do(three, Act.HOLD, kim)
    assert states() == ["held"] * 3
    do(three, Act.RELEASE, kim, reason="")
    assert states() == ["planned"] * 3
    lines = [sentence(event) for event in Event.objects.filter(act="notice.held", by=kim)]
    assert (len(lines), len(set(lines))) == (3, 3)
    assert all(line.endswith(". The server is down") for line in lines)


def test_all_that_a_dead_server_failed_are_sent_again(three, kim, mailbox, desk):
    for row in Delivery.objects.filter(milestone="two_weeks").select_related("contact"):
        mailbox.refusals[row.contact.address] = ["554 5.3.2 system is shutting down"]
    ticking.tick(now=TWO_WEEKS)
    assert states() == ["failed"] * 3
    assert do(three, Act.RESEND, kim, at=TWO_WEEKS + HOUR) == 3
    ticking.tick(now=TWO_WEEKS + HOUR + timedelta(seconds=1))
    assert (states(), len(mailbox.mails)) == (["accepted"] * 3, 3)


def test_none_is_touched_when_others_came_or_went_meanwhile(three, kim):
    with pytest.raises(Refusal) as refused:
        do(three, Act.HOLD, kim, many=2)
    assert (refused.value.conflict, refused.value.reasons[0].facts["many"]) == (True, 3)
    assert states() == ["planned"] * 3


def test_none_is_released_when_one_is_of_no_use_any_more(three, kim):
    do(three, Act.HOLD, kim)
    late = Delivery.objects.filter(milestone="two_weeks").first()
    with pytest.raises(Refusal) as refused:
        do(three, Act.RELEASE, kim, at=late.not_after + HOUR)
    assert [why.code for why in refused.value.reasons] == ["delivery.too_late"]
    assert states() == ["held"] * 3


def test_waiving_several_takes_a_reason(three, kim):
    Delivery.objects.filter(milestone="two_weeks").update(state="failed")
    with pytest.raises(Refusal) as refused:
        do(three, Act.WAIVE, kim, reason=" ")
    assert [why.field for why in refused.value.reasons] == ["reason"]
    do(three, Act.WAIVE, kim, reason="All are closed")
    assert states() == ["waived"] * 3


def test_it_costs_the_same_queries_for_two_and_for_three(three, kim, django_assert_num_queries):
    for many in (3, 2):
        with django_assert_num_queries(5):
            do(three, Act.HOLD, kim, many=many)
        do(three, Act.RELEASE, kim, many=many)
        Delivery.objects.filter(milestone="two_weeks").first().contact.deliveries.update(
            state="waived", reason="x"
        )


def test_only_what_waits_for_more_than_one_is_offered(three):
    offered = [(each.act, each.milestone, each.many) for each in together.choices(three)]
    assert offered == [(Act.HOLD, "two_weeks", 3), (Act.HOLD, "day_before", 3)]
