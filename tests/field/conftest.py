"""The hospital, its readers and the window of the notices' own tests, and a day of Go Time run by the verbs."""

from datetime import UTC, datetime, timedelta

import pytest

from maintenance.actions import running
from notifications.actions import ticking
from tests.factories.maintenance import name_people
from tests.factories.people import PersonFactory
from tests.notifications.conftest import (  # noqa: F401
    desk,
    juniper,
    mail_server,
    mailbox,
    order_system,
    ris,
    window,
)

# 09:00 in Denver, two weeks and a day before the window of Tue 15 Dec 2026, 10:00 in Denver.
TWO_WEEKS, DAY_BEFORE = datetime(2026, 12, 1, 16, tzinfo=UTC), datetime(2026, 12, 14, 16, tzinfo=UTC)
START = datetime(2026, 12, 15, 17, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def rounds(mailbox):  # noqa: F811
    """Rounds of the beat at these instants; a minute after, so that what is due has been found."""

    def run(*instants):
        for at in instants:
            ticking.tick(now=at)

    return run


@pytest.fixture
def release(db):
    return PersonFactory(release=True, username="release")


@pytest.fixture
def under_way(window, release, rounds):  # noqa: F811
    """Everybody was told ahead; Go was said at the start."""
    name_people(window, release)
    rounds(TWO_WEEKS, TWO_WEEKS + MINUTE, DAY_BEFORE, DAY_BEFORE + MINUTE, START - HOUR + MINUTE)
    running.go(window, by=release, at=START)
    rounds(START + MINUTE)
    window.refresh_from_db()
    return window


@pytest.fixture
def done(release):
    """Work ends, every check is ticked, and the window is completed, all at one instant."""

    def end(window, at):  # noqa: F811
        running.finish(window, by=release, at=at)
        for check in window.run.checks.all():
            running.check(check, by=release, at=at)
        return running.complete(window, outcome="as_planned", by=release, at=at)

    return end
