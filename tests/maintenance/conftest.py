from datetime import UTC, datetime

import pytest
import time_machine

from maintenance import contributions
from tests.factories.maintenance import NOW, WindowFactory, name_people
from tests.factories.people import PersonFactory
from tests.maintenance.riding import Riding

AT_GO = datetime(2026, 12, 15, 16, 58, tzinfo=UTC)


@pytest.fixture
def at_ten():
    """Mon 23 Nov 2026, 10:12 CST."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def at_go():
    """Two minutes before the window of Tue 15 Dec 2026."""
    with time_machine.travel(AT_GO, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(client):
    """Somebody in Denver, an hour behind the platform, who may read and has signed in."""
    person = PersonFactory(time_zone="America/Denver")
    client.force_login(person)
    return person


@pytest.fixture
def release(client):
    """A release engineer who has signed in."""
    person = PersonFactory(release=True)
    client.force_login(person)
    return person


@pytest.fixture
def riding(release, monkeypatch):
    """A change that rides on every window."""
    rider = Riding(release)
    monkeypatch.setattr(contributions, "_contributors", [rider])
    return rider


@pytest.fixture
def ready(riding, release):
    """A window on which everything is ready."""
    window = WindowFactory()
    name_people(window, release)
    return window
