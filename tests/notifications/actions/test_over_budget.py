"""Likely worst above the budget refuses announcing without a recorded waiver (PRODUCT.md section 5)."""

from datetime import UTC, datetime

import pytest

from maintenance import contributions
from maintenance.actions import scheduling, waiving
from maintenance.models import Window
from notifications.actions import ticking
from notifications.models import Delivery
from tests.factories.people import PersonFactory
from tests.maintenance.riding import Riding

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)


@pytest.fixture
def over(desk, window, mailbox, monkeypatch):
    """Likely worst 420 of 419 seconds, two weeks before."""
    monkeypatch.setattr(contributions, "_contributors", [Riding(PersonFactory())])
    Window.objects.filter(pk=window.pk).update(budget_seconds=419)
    ticking.tick(now=TWO_WEEKS)
    return Window.objects.get(pk=window.pk)


def told(desk):
    return Delivery.objects.told().filter(contact=desk).count()


def test_clients_are_not_told_of_a_window_over_its_budget(over, desk, mailbox):
    assert (over.state, told(desk), mailbox.mails) == ("planned", 0, [])


def test_with_a_waiver_they_are_told_at_the_next_tick(over, desk):
    waiving.waive(
        over, code="over_budget", reason="Tested twice", by=PersonFactory(release=True), at=TWO_WEEKS
    )
    ticking.tick(now=TWO_WEEKS)
    assert (Window.objects.get(pk=over.pk).state, told(desk)) == ("announced", 1)


def test_a_waiver_of_an_older_revision_does_not_count(over, desk):
    waiving.waive(
        over, code="over_budget", reason="Tested twice", by=PersonFactory(release=True), at=TWO_WEEKS
    )
    Window.objects.filter(pk=over.pk).update(revision=1, reason="Moved")
    over.revisions.create(
        revision=1, starts_at=over.starts_at, ends_at=over.ends_at, kind="changed", reason="x", at=TWO_WEEKS
    )
    ticking.tick(now=TWO_WEEKS)
    assert told(desk) == 0


def test_once_it_fits_they_are_told(over, desk):
    scheduling.resize(
        over,
        length_seconds=900,
        budget_seconds=420,
        reason="Room",
        by=PersonFactory(release=True),
        at=TWO_WEEKS,
    )
    ticking.tick(now=TWO_WEEKS)
    assert told(desk) == 1
