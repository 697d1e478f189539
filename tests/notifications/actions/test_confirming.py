"""Whether an address is right: asked by mail, heard by the press of a button."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from changeboard.directory.models import Contact
from changeboard.refusal import Refusal
from notifications.actions import confirming, ticking
from notifications.models import AddressCheck
from tests.factories.directory import ContactFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def kim(client):
    person = PersonFactory(client_services=True)
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def unconfirmed(desk):
    Contact.objects.update(confirmed_at=None)


def link_in(mailbox) -> str:
    return re.search(r"https?://[^/]+(/notices/confirm/\S+)", mailbox.mails[-1][1].get_content())[1]


def test_only_the_press_of_the_button_confirms_for_scanners_follow_every_link(client, kim, desk, mailbox):
    confirming.ask(desk, by=kim, at=AT)
    ticking.tick(now=AT)
    path = link_in(mailbox)
    client.logout()
    for _ in range(2):
        assert (client.get(path).status_code, Contact.objects.get(pk=desk.pk).confirmed_at) == (200, None)
    assert "is confirmed" in client.post(path).text
    assert Contact.objects.get(pk=desk.pk).confirmed_at is not None


def test_a_link_to_an_address_that_was_changed_since_leads_nowhere(client, kim, desk, mailbox):
    confirming.ask(desk, by=kim, at=AT)
    confirming.send_due(now=AT)
    Contact.objects.filter(pk=desk.pk).update(address="new@juniper.example")
    assert client.post(link_in(mailbox)).status_code == 404


def test_nobody_is_asked_twice_within_a_week(kim, desk, mailbox):
    confirming.ask(desk, by=kim, at=AT)
    confirming.send_due(now=AT)
    with pytest.raises(Refusal):
        confirming.ask(desk, by=kim, at=AT + timedelta(days=6))
    confirming.ask(desk, by=kim, at=AT + timedelta(days=8))
    assert AddressCheck.objects.count() == 2


def test_all_are_asked_whom_a_mail_reaches(kim, desk, juniper, mailbox):
    ContactFactory(client=juniper, channel="phone", address="+1 555 0100", confirmed_at=None)
    other = ContactFactory(client=juniper, name="Other", confirmed_at=None)
    confirming.ask(desk, by=kim, at=AT)
    assert confirming.ask_all(Contact.objects.to_look_at(), by=kim, at=AT) == 1
    assert confirming.send_due(now=AT) == 2
    assert mailbox.mails[-1][1]["To"] == f"Other <{other.address}>"


def test_a_mail_to_an_address_that_is_no_longer_theirs_does_not_go_out(kim, desk, mailbox):
    confirming.ask(desk, by=kim, at=AT)
    Contact.objects.filter(pk=desk.pk).update(address="new@juniper.example")
    assert (confirming.send_due(now=AT), len(mailbox.mails)) == (0, 0)
    assert AddressCheck.objects.get().state == "failed"


def test_a_server_that_refuses_is_heard_and_one_may_ask_again(kim, desk, mailbox):
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    confirming.ask(desk, by=kim, at=AT)
    confirming.send_due(now=AT)
    check = AddressCheck.objects.get()
    assert (check.state, check.server_answer[:3]) == ("failed", "550")
    confirming.ask(desk, by=kim, at=AT)
