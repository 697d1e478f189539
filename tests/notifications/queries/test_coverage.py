"""Coverage: each client's worst news first, and Go waits until everybody was told."""

from datetime import UTC, datetime, timedelta

import pytest

from maintenance.contributions import contributors
from notifications.actions import holding, ticking
from notifications.domain.milestones import Milestone
from notifications.models import Delivery
from notifications.queries import board, coverage, readiness
from notifications.queries.waiting import waiting
from tests.factories.directory import ClientFactory, ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 12, 14, 16, 0, 20, tzinfo=UTC)


def cells(window):
    return {
        row.name: [cell.kind if cell else None for _, cell in row.cells][:2]
        for row in coverage.coverage(window).rows
    }


def test_a_cell_says_sent_due_late_or_failed(desk, juniper, ris, window, mailbox):
    late = ContactFactory(client=ClientFactory(name="Quarry Bay", uses=[ris], time_zone="America/New_York"))
    mailbox.refusals[desk.address] = ["550 no such user"]
    ticking.tick(now=TWO_WEEKS)
    assert cells(window) == {juniper.name: ["failed", "due"], "Quarry Bay": ["late", "due"]}
    assert [row.name for row in coverage.coverage(window).rows] == [juniper.name, str(late.client)]


def test_a_client_with_two_readers_shows_the_worse_and_counts_as_told(desk, juniper, window, mailbox):
    ContactFactory(client=juniper, address="manager@juniper.example")
    mailbox.refusals[desk.address] = ["550 no such user"]
    ticking.tick(now=TWO_WEEKS)
    [total, *_] = coverage.coverage(window).totals
    assert (total.told, total.clients, total.failed) == (1, 1, 1)


@pytest.mark.parametrize("clients", [1, 3])
def test_coverage_is_one_query_for_any_number_of_clients(
    ris, window, mailbox, clients, django_assert_num_queries
):
    for _ in range(clients):
        ContactFactory(client=ClientFactory(uses=[ris]))
    ticking.tick(now=TWO_WEEKS)
    with django_assert_num_queries(1):
        assert len(coverage.coverage(window).rows) == clients


def test_go_waits_while_a_client_was_not_told(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["550 no such user"]
    ticking.tick(now=TWO_WEEKS)
    red = [finding for finding in readiness.findings(window, now=TWO_WEEKS) if not finding.ok]
    assert [(finding.code, finding.detail) for finding in red] == [
        ("notices.two_weeks", "Not told yet: Juniper Valley Medical Center"),
        ("notices.day_before", "Not told yet: Juniper Valley Medical Center"),
    ]


def test_go_does_not_wait_for_what_was_waived_or_told(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["550 no such user"]
    ticking.tick(now=TWO_WEEKS)
    holding.waive(Delivery.objects.get(state="failed"), reason="Closed", by=PersonFactory(), at=TWO_WEEKS)
    ticking.tick(now=DAY_BEFORE)
    assert [finding.ok for finding in readiness.findings(window, now=DAY_BEFORE)] == [True, True]


def test_windows_ask_notices_before_go():
    assert "NoticesContributor" in [type(each).__name__ for each in contributors()]


def test_a_failure_waits_for_client_services_and_for_nobody_else(desk, window, mailbox):
    mailbox.refusals[desk.address] = ["550 no such user"]
    ticking.tick(now=TWO_WEEKS)
    [item] = waiting(PersonFactory(client_services=True), now=TWO_WEEKS)
    assert (item.title, item.window) == (f"{desk} has not been told", window)
    assert waiting(PersonFactory(), now=TWO_WEEKS) == []


def test_the_figures_count_today_on_the_platforms_calendar(desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS)
    figures = board.figures(now=TWO_WEEKS)
    assert (figures.sent_today, figures.failed, figures.on_time_percent) == (1, 0, 100.0)
    assert board.figures(now=TWO_WEEKS + timedelta(days=1)).sent_today == 0


def test_columns_are_the_usual_five():
    assert [column.value for column in coverage.COLUMNS] == [
        Milestone.TWO_WEEKS, Milestone.DAY_BEFORE, Milestone.STARTING, Milestone.UNDER_WAY, Milestone.DONE
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "kind", "note"),
    [
        ({"state": "held"}, "held", "Services"),
        ({"state": "waived", "reason": "No OMS"}, "waived", "No OMS"),
        ({"state": "seen"}, "sent", "shown"),
        ({"state": "acknowledged"}, "sent", "read"),
    ],
)
def test_a_cell_names_who_holds_it_why_it_was_waived_and_that_it_was_shown(desk, window, fields, kind, note):
    ticking.tick(now=TWO_WEEKS - timedelta(hours=1))
    kim = PersonFactory(first_name="Kim", last_name="Services")
    Delivery.objects.filter(milestone="two_weeks").update(**fields, held_by=kim)
    cell = coverage.coverage(window).rows[0].cells[0][1]
    assert (cell.kind, cell.note) == (kind, note)
