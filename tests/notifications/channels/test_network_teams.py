"""A network team's own reader (circuit-maintenance-parser) understands our mails, from the first to the last.

It runs in an environment of its own, once for all mails: see tools/judges.py and tests/judges/.
"""

import json
import subprocess
from datetime import UTC, date, datetime, time, timedelta

import pytest

from changes.domain.sheet import Touch
from changes.models import Change
from maintenance.actions import scheduling
from notifications.actions import ticking
from tests.factories.changes import a_sheet, a_submitted
from tests.factories.directory import ServiceFactory, SystemFactory
from tests.factories.maintenance import WindowFactory
from tests.factories.people import PersonFactory
from tools import judges
from tools.places import ROOT

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 15, 17, tzinfo=UTC)
FIRST, MOVED = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC), datetime(2026, 12, 3, 15, tzinfo=UTC)
NEW_START = datetime(2026, 12, 22, 17, tzinfo=UTC)
NEXT_START = datetime(2027, 1, 19, 17, tzinfo=UTC)
CALLED_OFF = datetime(2026, 12, 9, 15, tzinfo=UTC)
USUAL = {
    "account": "juniper-valley",
    "maintenance_id": "RIS-2026-12",
    "provider": "127.0.0.1",
    "uid": "ris-2026-12@127.0.0.1",
    "organizer": "mailto:maintenance@example-teleradiology.example",
    "summary": "RIS maintenance, up to 15 minutes",
    "status": "CONFIRMED",
    "start": int(START.timestamp()),
    "end": int((START + timedelta(minutes=15)).timestamp()),
}
LATER = {"start": int(NEW_START.timestamp()), "end": int((NEW_START + timedelta(minutes=15)).timestamp())}
RIS = {"circuit_id": "RIS", "impact": "OUTAGE"}
WITH_PACS = [RIS, {"circuit_id": "PACS", "impact": "REDUCED-REDUNDANCY"}]


@pytest.fixture
def priors(juniper):
    """A service of PACS, which Juniper uses too."""
    pacs = SystemFactory(code="PACS")
    juniper.systems.add(pacs)
    return ServiceFactory(slug="prior-studies", system=pacs)


@pytest.fixture
def first_moved_and_cancelled(window, desk, ris, priors, mailbox):
    release = PersonFactory(release=True)
    ticking.tick(now=FIRST)
    touches = {priors.pk: Touch("reduced_redundancy", 0)}
    change = a_submitted(a_sheet(services=touches, systems=frozenset({ris.pk})), at=FIRST)
    Change.objects.filter(pk=change.pk).update(state="scheduled", window=window)
    ticking.tick(now=MOVED - timedelta(hours=1))
    scheduling.move(
        window,
        on=date(2026, 12, 22),
        start_time=time(11),
        reason="Freeze",
        by=release,
        at=MOVED,
        override="x",
    )
    ticking.tick(now=MOVED)
    ticking.tick(now=datetime(2026, 12, 8, 16, 0, 20, tzinfo=UTC))
    window.refresh_from_db()
    scheduling.cancel(window, reason="Not needed", by=release, at=CALLED_OFF)
    ticking.tick(now=CALLED_OFF)
    return list(mailbox.raw)


@pytest.fixture
def under_way_and_done(first_moved_and_cancelled, ris, desk, mailbox):
    """Another window, after the first one's story."""
    mailbox.raw.clear()
    type(desk).objects.filter(pk=desk.pk).update(wants_point_of_service=True)
    window = WindowFactory(system=ris, on=date(2027, 1, 19))
    ticking.tick(now=NEXT_START - timedelta(days=1))
    window.state, window.started_at = "in_progress", NEXT_START
    window.save()
    ticking.tick(now=NEXT_START + timedelta(minutes=1))
    window.state, window.finished_at = "completed", NEXT_START + timedelta(minutes=10)
    window.save()
    ticking.tick(now=NEXT_START + timedelta(minutes=11))
    return list(mailbox.raw)


def judged(mails: list[bytes]) -> list[list[dict]]:
    """What the reader understood of each mail; the mail as a whole and its calendar part alone are the same."""
    answer = subprocess.run(
        [judges.ready(), ROOT / "tests" / "judges" / "read_mails.py"],
        input=json.dumps([mail.decode() for mail in mails]), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(answer.stdout)
    assert [each["calendar"] for each in found] == [each["mail"] for each in found]
    return [each["mail"] for each in found]


def record(sequence: int, stamp: datetime, circuits=(RIS,), **other) -> list[dict]:
    return [
        {**USUAL, "sequence": sequence, "stamp": int(stamp.timestamp()), "circuits": list(circuits), **other}
    ]


def test_each_mail_of_a_windows_life_is_read_to_the_expected_record(
    first_moved_and_cancelled, under_way_and_done
):
    first, changed, moved, again, cancelled, ahead, begun, done = judged(
        first_moved_and_cancelled + under_way_and_done
    )
    assert first == record(0, datetime.fromtimestamp(first[0]["stamp"], UTC))
    assert changed == record(1, MOVED - timedelta(hours=1), WITH_PACS)
    assert moved == again == record(2, MOVED, WITH_PACS, **LATER)
    assert cancelled == record(3, CALLED_OFF, WITH_PACS, **LATER, status="CANCELLED")
    assert [each[0]["status"] for each in (ahead, begun, done)] == ["CONFIRMED", "IN-PROCESS", "COMPLETED"]
    stamps = [each[0]["stamp"] for each in (ahead, begun, done)]
    assert (stamps == sorted(set(stamps)), done[0]["circuits"]) == (True, [RIS])
