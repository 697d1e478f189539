"""`send_notices --dry-run --until` and the page say what then really goes out."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from notifications.actions import ticking
from notifications.models import Delivery
from notifications.queries import outlook
from tests.factories.directory import ContactFactory
from tests.factories.maintenance import WindowFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
UNTIL = datetime(2026, 12, 15, 16, 30, tzinfo=UTC)


def said() -> set[tuple[int, str]]:
    return {(each.contact.pk, each.milestone) for each in outlook.going_out(now=NOW, until=UNTIL)}


def test_what_is_said_to_go_out_is_what_goes_out(desk, order_system, window, mailbox):
    foreseen = said()
    for hours in range(0, 24 * 17 + 5, 6):
        ticking.tick(now=NOW + timedelta(hours=hours))
    ticking.tick(now=UNTIL)
    told = Delivery.objects.told()
    assert foreseen == set(told.values_list("contact_id", "milestone"))
    assert len(foreseen) == 3


def test_a_look_ahead_writes_nothing_and_the_ledger_changes_nothing_about_it(desk, window, mailbox):
    before = said()
    assert not Delivery.objects.exists()
    ticking.tick(now=NOW)
    assert said() == before


def test_the_dry_run_names_each_notice_with_its_instant(desk, window, capsys):
    with time_machine.travel(NOW, tick=False):
        call_command("send_notices", "--dry-run", "--until", "2026-12-15T16:30Z")
    assert capsys.readouterr().out.splitlines() == [
        f"2026-12-01T16:00Z  {window}  two_weeks    {desk}",
        f"2026-12-14T16:00Z  {window}  day_before   {desk}",
        "2 would go out by 2026-12-15T16:30Z",
    ]


def test_more_readers_and_windows_cost_no_more_queries(desk, juniper, window, django_assert_num_queries):
    for day in (17, 18):
        with django_assert_num_queries(17):
            outlook.going_out(now=NOW, until=UNTIL)
        ContactFactory.create_batch(2, client=juniper)
        WindowFactory(system=window.system, on=date(2026, 12, day), reference=f"RIS-2026-12-{day}")
