"""The beat makes windows often enough that a beat restarted every day still makes them every day."""

from changeboard.celery import app
from maintenance import tasks


def test_windows_are_extended_each_hour_and_a_ring_that_waited_is_stale():
    entry = app.conf.beat_schedule["extend windows"]
    assert (entry["task"], entry["schedule"]) == (tasks.extend.name, 3600.0)
    assert entry["options"]["expires"] < entry["schedule"]
