"""After an outage of three days each reader gets exactly what the lateness table says, and at most one notice."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.actions import ticking
from notifications.models import Delivery
from tests.factories.directory import ContactFactory
from tests.factories.maintenance import WindowFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
OUTAGE = timedelta(days=3)
# When it begins, and what was told, skipped (and by which it is carried), or is still to come when it is over.
TABLE = [
    # Begins after the two-week notice went: nothing was missed.
    (timedelta(days=13), {"two_weeks": ("accepted", ""), "day_before": ("planned", "")}),
    # Over the two weeks: told late, at once.
    (timedelta(days=15), {"two_weeks": ("accepted", ""), "day_before": ("planned", "")}),
    # Over the day before, ends two hours before the start: the older one is skipped, the newer told.
    (timedelta(days=3, hours=2), {"two_weeks": ("accepted", ""), "day_before": ("accepted", "")}),
    # Ends ten minutes before the start: too late for the day before, which the order system now carries.
    (timedelta(days=3, minutes=10), {"two_weeks": ("accepted", ""), "day_before": ("skipped", "")}),
]


@pytest.fixture
def told(juniper, window):
    """What stands in the ledger of one reader, by milestone, after an outage that began so long before the start."""
    reader = ContactFactory(client=juniper, address="desk@juniper.example")

    def after(lead: timedelta) -> dict[str, tuple[str, str]]:
        began = START - lead
        for hours in range(24 * 16, 0, -6):
            if (at := START - timedelta(hours=hours)) < began:
                ticking.tick(now=at)
        ticking.tick(now=began + OUTAGE)
        ticking.tick(now=began + OUTAGE + timedelta(seconds=30))
        rows = Delivery.objects.filter(contact=reader).order_by("due_at")
        return {row.milestone: (row.state, row.folded_into) for row in rows}

    return after


@pytest.mark.parametrize(("lead", "ledger"), TABLE)
def test_after_three_days_the_ledger_is_the_lateness_table(lead, ledger, told, mailbox):
    assert told(lead) == ledger
    assert len(mailbox.mails) == sum(state == "accepted" for state, _ in ledger.values())


def test_a_reader_who_missed_two_notices_gets_the_newest_only(juniper, window, mailbox):
    ContactFactory(client=juniper, address="desk@juniper.example")
    ticking.tick(now=START - timedelta(hours=20))
    assert [subject[:9] for subject in mailbox.subjects("desk@juniper.example")] == ["Tomorrow:"]


def test_two_windows_missed_are_two_notices(juniper, ris, window, mailbox):
    WindowFactory(system=ris, on=START.date() + timedelta(days=1), reference="RIS-2026-12-B")
    ContactFactory(client=juniper, address="desk@juniper.example")
    ticking.tick(now=START - timedelta(days=5))
    assert len(mailbox.mails) == 2
