"""What stops changes after the first notice: a revision, a mail to whoever was told, and a calendar update."""

from datetime import UTC, datetime, timedelta

import pytest

from changes.domain.sheet import Touch
from changes.models import Change
from maintenance.actions import scheduling
from maintenance.models import Waiver, WindowRevision
from notifications.actions import reconciling, ticking
from notifications.models import Delivery, ToldImpact
from tests.factories.changes import a_sheet, a_submitted
from tests.factories.directory import ServiceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)


@pytest.fixture
def worklist(ris):
    return ServiceFactory(slug="worklist", name="Worklist", system=ris)


@pytest.fixture
def ride(window, ris):
    """A change that rides on the window and touches a service."""

    def ridden(service, word="degraded", seconds=30):
        touches = {service.pk: Touch(word, seconds)}
        change = a_submitted(a_sheet(services=touches, systems=frozenset({ris.pk})), at=FIRST)
        Change.objects.filter(pk=change.pk).update(state="scheduled", window=window)
        return change

    return ridden


@pytest.fixture
def told(window, desk, mailbox):
    """The first notice went out."""
    ticking.tick(now=FIRST)
    [mail] = mailbox.to(desk.address)
    mailbox.mails.clear()
    return mail


def plain(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def calendar(mail) -> str:
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return part.get_content().replace("\r\n ", "")


def test_whoever_was_told_hears_at_once_what_was_said_and_what_is_so_now(
    told, window, desk, worklist, ride, mailbox
):
    ride(worklist)
    ticking.tick(now=LATER)
    [mail] = mailbox.to(desk.address)
    assert mail["Subject"] == "Changed: RIS maintenance on Tue, Dec 15: Worklist"
    assert "Worklist\n  Now: Degraded, up to 30 seconds.\n  Before: As usual" in plain(mail)
    assert told["Message-ID"] in mail["References"]


def test_the_entry_in_the_calendar_is_updated_at_the_same_times(told, window, worklist, ride, desk, mailbox):
    ride(worklist)
    ticking.tick(now=LATER)
    before, after = calendar(told), calendar(mailbox.to(desk.address)[0])
    for line in ("UID:", "DTSTART:", "DTEND:"):
        assert _line(before, line) == _line(after, line)
    assert [_line(text, "SEQUENCE:") for text in (before, after)] == ["SEQUENCE:0", "SEQUENCE:1"]


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name))


def test_a_second_round_changes_nothing_and_the_window_stays_announced(told, window, worklist, ride):
    ride(worklist)
    ticking.tick(now=LATER)
    ticking.tick(now=LATER + timedelta(seconds=30))
    window.refresh_from_db()
    assert (window.revision, window.state, ToldImpact.objects.count()) == (1, "announced", 2)
    [last] = WindowRevision.objects.filter(window=window, revision=1)
    assert (last.kind, last.reason, last.by) == ("impact", "What stops changed: Worklist", None)


def test_before_anybody_was_told_the_first_notice_simply_says_it(window, desk, worklist, ride, mailbox):
    reconciling.reconcile(now=FIRST - timedelta(days=2))
    ride(worklist)
    reconciling.reconcile(now=FIRST - timedelta(days=1))
    ticking.tick(now=FIRST)
    [mail] = mailbox.to(desk.address)
    window.refresh_from_db()
    assert ("Worklist: Degraded, up to 30 seconds." in plain(mail), window.revision) == (True, 0)


def test_a_change_that_lies_before_the_board_again_is_waited_for(window, desk, worklist, ride, mailbox):
    change = ride(worklist)
    ticking.tick(now=FIRST)
    Change.objects.filter(pk=change.pk).update(state="in_review")
    ticking.tick(now=LATER)
    assert len(mailbox.to(desk.address)) == 1
    Change.objects.filter(pk=change.pk).update(state="withdrawn", window=None)
    ticking.tick(now=LATER + timedelta(minutes=10))
    assert "Now: As usual" in plain(mailbox.to(desk.address)[1])


def test_a_client_that_does_not_use_the_service_hears_nothing_of_it(told, window, desk, ride, mailbox):
    ride(ServiceFactory(slug="telephones"))
    ticking.tick(now=LATER)
    assert mailbox.to(desk.address) == []


def test_another_budget_is_told_as_another_length(told, window, desk, mailbox):
    scheduling.resize(
        window, length_seconds=900, budget_seconds=600, reason="Quicker", by=PersonFactory(), at=LATER
    )
    ticking.tick(now=LATER)
    [mail] = mailbox.to(desk.address)
    assert "RIS\n  Now: Down for up to 10 minutes\n  Before: Down for up to 15 minutes" in plain(mail)


def test_what_was_answered_for_and_what_is_held_or_waived_stays_so(told, window, desk, worklist, ride):
    waiver = Waiver.objects.create(
        window=window, code="over_budget", reason="Known", by=PersonFactory(), at=FIRST
    )
    held = Delivery.objects.get(milestone="day_before")
    Delivery.objects.filter(pk=held.pk).update(state="held", held_at=FIRST, held_by=waiver.by)
    ride(worklist)
    ticking.tick(now=LATER)
    waiver.refresh_from_db()
    goes_on = Delivery.objects.get(milestone="day_before", revision=1)
    assert (waiver.revision, goes_on.state, goes_on.held_by) == (1, "held", waiver.by)
