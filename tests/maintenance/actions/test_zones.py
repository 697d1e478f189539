"""A new zone database: found every night, moved by a person, through the move that every window takes."""

import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import TZPATH

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from changeboard import clock
from changeboard.history.models import Event
from changeboard.refusal import Refusal
from maintenance.actions import zones
from maintenance.models import Window, WindowRevision
from maintenance.queries import zones as pictures
from maintenance.tasks import check_zones
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
WAS = datetime(2026, 12, 15, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


def compiled(name: str) -> Path:
    """The compiled rules of a zone, as Python itself finds them."""
    found = [Path(directory) / name for directory in TZPATH if (Path(directory) / name).is_file()]
    if found:
        return found[0]
    from importlib.resources import files

    return Path(str(files("tzdata") / "zoneinfo" / name))


@pytest.fixture
def new_database(tmp_path):
    """One in which Chicago has taken the rules of Denver: its noon is an hour later."""
    (tmp_path / "America").mkdir()
    shutil.copy(compiled("America/Denver"), tmp_path / "America" / "Chicago")
    (tmp_path / "tzdata.zi").write_text("# version 2027z\n")
    yield str(tmp_path)
    clock.read_zones_from()


@pytest.fixture
def window(new_database):
    """Made while Chicago had its old rules."""
    return WindowFactory(zone_data=clock.zone_data())


def test_the_night_finds_what_would_move_and_moves_nothing(window, new_database, time_machine):
    time_machine.move_to(NOW, tick=False)
    clock.read_zones_from(new_database)
    for _ in range(2):
        check_zones()
    assert [event.facts for event in Event.objects.about(window)] == [
        {"was": WAS.isoformat(), "to": (WAS + HOUR).isoformat(), "zone_data": "2027z"}
    ]
    window.refresh_from_db()
    assert (window.starts_at, window.revision) == (WAS, 0)


def test_a_window_that_stays_is_noted_with_the_data_that_it_was_worked_out_with_anew(window, new_database):
    Window.objects.update(time_zone="America/New_York", starts_at=WAS - HOUR, ends_at=WAS - HOUR * 3 / 4)
    clock.read_zones_from(new_database)
    assert (zones.check(now=NOW).drifts, Window.objects.get().zone_data) == ([], "2027z")


def test_following_is_a_move_with_a_revision_that_says_why(window, new_database):
    clock.read_zones_from(new_database)
    moved = zones.follow(window, reason="Zone data changed", seen=0, by=PersonFactory(release=True), at=NOW)
    assert (moved.starts_at, moved.start_time, moved.zone_data) == (WAS + HOUR, window.start_time, "2027z")
    last = WindowRevision.objects.filter(window=window).latest("revision")
    assert (last.revision, last.kind, last.reason) == (1, "moved", "Zone data changed")
    assert pictures.drifts(now=NOW) == []


def test_a_window_that_lies_where_its_wall_time_says_has_nothing_to_follow(window):
    with pytest.raises(Refusal) as refused:
        zones.follow(window, reason="x", seen=0, by=PersonFactory(release=True), at=NOW)
    assert refused.value.reasons[0].code == "window.zones_move_nothing"


def test_what_has_begun_or_is_over_is_left_as_it_was(window, new_database):
    clock.read_zones_from(new_database)
    assert pictures.drifts(now=WAS) == []
    Window.objects.update(state="cancelled")
    assert pictures.drifts(now=NOW) == []


def test_a_database_that_is_not_installed_is_tried_and_nothing_is_noted(window, new_database, time_machine):
    time_machine.move_to(NOW, tick=False)
    said = StringIO()
    call_command("check_zones", zones=new_database, stdout=said)
    assert said.getvalue().splitlines() == [
        "RIS-2026-12: 2026-12-15T17:00Z -> 2026-12-15T18:00Z, 0 clients would have to be told",
        "zone data 2027z: 1 windows would move",
    ]
    assert not Event.objects.exists()


def test_a_place_without_zones_is_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("check_zones", zones=str(tmp_path))


def test_the_release_engineer_finds_it_in_their_work_and_on_a_page(
    client, window, new_database, time_machine
):
    time_machine.move_to(NOW, tick=False)
    clock.read_zones_from(new_database)
    client.force_login(PersonFactory(release=True))
    assert "The zone data would move 1 window" in client.get("/").text
    assert [drift.window for drift in client.get("/windows/zones/").context["drifts"]] == [window]
    typed = {"seen": 0, "reason": "Zone data changed"}
    assert client.post(f"/windows/{window}/follow-zones/", {**typed, "reason": ""}).status_code == 400
    assert client.post(f"/windows/{window}/follow-zones/", typed).status_code == 302
    client.force_login(PersonFactory(client_services=True))
    assert client.post(f"/windows/{window}/follow-zones/", typed).status_code == 403
