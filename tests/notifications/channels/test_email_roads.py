"""The e-mail channel fills what it can, and each reader gets what a mail of their own would have said."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.actions import batch, claiming, reconciling
from notifications.channels.email import Email
from notifications.channels.email.send import Sealed, sealed
from tests.factories.directory import ClientFactory, ContactFactory

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.fixture
def readers(ris, juniper):
    """Zones, wishes and names of all sorts; one client has nothing to do meanwhile, one is called oddly."""
    elsewhere = ClientFactory(name="Städtisches Klinikum & Söhne", uses=[ris], time_zone="Europe/Berlin")
    silent = ClientFactory(name="Silent General", meanwhile="", uses=[ris], time_zone="America/Denver")
    odd = ClientFactory(name="Line\nbreak", uses=[ris], time_zone="America/Denver")
    for client in (juniper, elsewhere, silent, odd):
        ContactFactory(client=client, name="Dr. Ängström, “Jo”", address=f"jo@{client.slug}.example")
        ContactFactory(client=client, wants_invitations=True, address=f"desk@{client.slug}.example")
        ContactFactory(client=client, time_zone="Asia/Kathmandu", address=f"far@{client.slug}.example")


def rendered(now: datetime) -> list[tuple[object, bytes, bytes]]:
    """Of every due row: what the channel would send, and the bytes of both roads."""
    way = Email()
    rows = claiming.claim("email", 50, owner="test", now=now)
    way.expect(rows)
    found = []
    for row in rows:
        batch.freeze_name(row, at=now)
        sent, built = way.prepare(row, at=now), way.built(row, at=now)
        thing = sent.thing if isinstance(sent.thing, Sealed) else sealed(sent.thing)
        assert (sent.subject, sent.digest) == (built.subject, built.digest)
        found.append((sent.thing, thing.wire, sealed(built.thing).wire))
    return found


def test_each_reader_of_a_batch_gets_the_bytes_of_a_mail_built_for_them(readers, window, mailbox):
    reconciling.reconcile(now=TWO_WEEKS)
    mails = rendered(TWO_WEEKS)
    assert len(mails) == 12
    assert [sent == built for _, sent, built in mails] == [True] * 12
    # Only the client with a line break in its name goes the slow road.
    assert sum(isinstance(thing, Sealed) for thing, _, _ in mails) == 9


def test_a_day_later_the_same_notice_says_another_lead(desk, window, mailbox):
    reconciling.reconcile(now=TWO_WEEKS)
    [(_, first, _)] = rendered(TWO_WEEKS)
    [(_, later, built)] = rendered(TWO_WEEKS + timedelta(days=5))
    assert (b"in two weeks" in first, b"in 9 days" in later, later == built) == (True, True, True)
