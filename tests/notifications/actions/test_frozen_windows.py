"""Nothing goes out about a window that a freeze holds; what was kept back is judged when it is let go."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from maintenance.actions import freezing, scheduling
from notifications.actions import claiming, reconciling, ticking
from notifications.actions.claiming import Prepared
from notifications.channels.ways import Ready
from notifications.models import Delivery
from notifications.queries import due, point_of_service
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 12, 14, 16, tzinfo=UTC)
SOON = timedelta(seconds=20)
READY = Ready("subject", "digest", None)


@pytest.fixture
def kim(db):
    return PersonFactory(release=True)


def freeze(kim, at):
    return freezing.create(
        name="Incident", starts_at=DAY_BEFORE, ends_at=datetime(2026, 12, 20, tzinfo=UTC), systems=[],
        hard=True, reason="", by=kim, at=at,
    )  # fmt: skip


def states():
    return dict(Delivery.objects.values_list("milestone", "state"))


def test_nothing_goes_out_while_a_freeze_holds_the_window_and_nothing_is_overdue(desk, window, mailbox, kim):
    reconciling.reconcile(now=TWO_WEEKS - SOON)
    freeze(kim, TWO_WEEKS - SOON)
    ticking.tick(now=TWO_WEEKS + SOON)
    assert (mailbox.mails, due.long_overdue(now=DAY_BEFORE)) == ([], 0)


def test_a_window_that_is_let_go_tells_at_once_what_is_still_of_use(desk, window, mailbox, kim):
    incident = freeze(kim, TWO_WEEKS - SOON)
    ticking.tick(now=TWO_WEEKS + SOON)
    freezing.lift(incident, by=kim, at=TWO_WEEKS + timedelta(days=3))
    ticking.tick(now=TWO_WEEKS + timedelta(days=3))
    assert [len(mailbox.to(desk.address)), states()["two_weeks"]] == [1, "accepted"]


def test_what_became_useless_meanwhile_is_judged_when_the_window_is_let_go(desk, window, mailbox, kim):
    incident = freeze(kim, TWO_WEEKS - SOON)
    late = window.starts_at - timedelta(minutes=10)
    ticking.tick(now=late)
    assert states()["day_before"] == "planned"
    freezing.lift(incident, by=kim, at=late)
    ticking.tick(now=late)
    assert (mailbox.mails, states()["day_before"]) == ([], "skipped")


def test_who_was_told_hears_at_once_when_a_held_window_moves(desk, window, mailbox, kim):
    ticking.tick(now=TWO_WEEKS + SOON)
    freeze(kim, TWO_WEEKS + 2 * SOON)
    moved = datetime(2026, 12, 2, 16, tzinfo=UTC)
    scheduling.move(window, on=date(2027, 1, 19), start_time=time(11), reason="Frozen", by=kim, at=moved)
    ticking.tick(now=moved + SOON)
    assert [row.milestone for row in Delivery.objects.told().order_by("accepted_at")] == [
        "two_weeks",
        "moved",
    ]


def test_that_a_date_is_not_true_any_more_is_told_also_while_the_new_one_is_frozen(
    desk, window, mailbox, kim
):
    ticking.tick(now=TWO_WEEKS + SOON)
    moved = datetime(2026, 12, 2, 16, tzinfo=UTC)
    scheduling.move(window, on=date(2026, 12, 16), start_time=time(11), reason="x", by=kim, at=moved)
    freeze(kim, moved)
    ticking.tick(now=moved + SOON)
    assert [row.milestone for row in Delivery.objects.told().order_by("accepted_at")] == [
        "two_weeks",
        "moved",
    ]


def claimed():
    reconciling.reconcile(now=TWO_WEEKS)
    [row] = claiming.claim("email", 5, owner="one", now=TWO_WEEKS)
    row.message_id, row.dated_at = "<1@x>", TWO_WEEKS
    return Prepared(row, READY)


def test_a_freeze_declared_before_the_first_byte_stops_the_notice_and_keeps_it(desk, window, mailbox, kim):
    one = claimed()
    incident = freeze(kim, TWO_WEEKS)
    assert claiming.fence([one], owner="one", at=TWO_WEEKS) == set()
    claiming.give_back([one.row], owner="one")
    one.row.refresh_from_db()
    assert (one.row.state, one.row.tries, claiming.claim("email", 5, owner="two", now=TWO_WEEKS)) == (
        "planned", 0, [],
    )  # fmt: skip
    freezing.lift(incident, by=kim, at=TWO_WEEKS + SOON)
    ticking.tick(now=TWO_WEEKS + SOON)
    assert len(mailbox.to(desk.address)) == 1


def test_a_freeze_declared_after_the_first_byte_comes_too_late_for_that_notice(desk, window, mailbox, kim):
    one = claimed()
    assert claiming.fence([one], owner="one", at=TWO_WEEKS) == {one.row.pk}
    freeze(kim, TWO_WEEKS)
    reconciling.reconcile(now=TWO_WEEKS + SOON)
    one.row.refresh_from_db()
    assert one.row.state == "sending"


def test_a_notice_that_was_tried_once_is_kept_back_too(desk, window, mailbox, kim):
    mailbox.refusals[desk.address] = ["452 4.2.2 mailbox full"]
    ticking.tick(now=TWO_WEEKS + SOON)
    freeze(kim, TWO_WEEKS + 2 * SOON)
    ticking.tick(now=TWO_WEEKS + timedelta(hours=1))
    row = Delivery.objects.get(milestone="two_weeks")
    assert (row.state, row.tries, row.try_at) == ("planned", 1, None)


def test_an_order_system_shows_nothing_of_a_held_window_at_its_hour(order_system, juniper, window, kim):
    at = window.starts_at + SOON
    before = point_of_service.answer(juniper, now=at).phase
    freeze(kim, at - timedelta(days=1))
    assert (before, point_of_service.answer(juniper, now=at).phase) == ("under_way", "nothing")
