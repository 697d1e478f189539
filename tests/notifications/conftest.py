"""A hospital that uses RIS, its readers, and a mail server that takes their mails."""

from collections.abc import Iterator

import pytest

from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.maintenance import WindowFactory
from tests.mailbox import Mailbox


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Mailbox]:
    server = Mailbox()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mailbox(mail_server: Mailbox, settings) -> Mailbox:
    """The same server for all tests, emptied for each."""
    mail_server.mails.clear()
    mail_server.raw.clear()
    mail_server.senders.clear()
    mail_server.refusals.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return mail_server


@pytest.fixture
def ris(db):
    return SystemFactory(code="RIS")


@pytest.fixture
def juniper(ris):
    """A hospital in Denver, an hour behind the platform."""
    return ClientFactory(
        name="Juniper Valley Medical Center",
        slug="juniper-valley",
        time_zone="America/Denver",
        uses=[ris],
    )


@pytest.fixture
def desk(juniper):
    return ContactFactory(client=juniper, name="PACS desk", address="pacs@juniper.example")


@pytest.fixture
def order_system(juniper):
    return ContactFactory(client=juniper, name="Orders", channel="oms", address="", is_person=False)


@pytest.fixture
def window(ris):
    """RIS, Tuesday 15 December 2026, 11:00 in Chicago: 10:00 in Denver, 17:00 UTC."""
    return WindowFactory(system=ris)
