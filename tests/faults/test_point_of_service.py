"""The point of service by the real programs: a worker, a beat, and an order system's own web server."""

import json
import time
from pathlib import Path

from django.conf import settings

from notifications.domain import signing
from tests import ready_made, stack
from tests.hook_server import HookServer
from tools import processes
from tools.places import BIN

SECRET = "whsec-of-the-hospital"
CELERY = [str(BIN / "celery"), "-A", "changeboard"]


def environment(database: str) -> dict[str, str]:
    redis = settings.REDIS_URL.rpartition("/")[0] + "/7"
    more = {"REDIS_URL": redis, "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "PRIVATE_ADDRESSES": "1"}
    return stack.by_itself(database.rpartition("/")[2], **more)


def a_day(logs: Path, hooks: HookServer) -> list[list[object]]:
    """What was said at each act of the day, and by then told."""
    with stack.own_database("shift", like=ready_made.name()) as database:
        env = environment(database)
        programs = {
            "worker": [*CELERY, "worker", "--concurrency", "1", "--loglevel", "WARNING"],
            "beat": [*CELERY, "beat", "--schedule", str(logs / "beat.dat"), "--pidfile="],
        }
        with stack.running(programs, env, logs):
            words = [BIN / "python", "-m", "tests.faults.shift", f"http://127.0.0.1:{hooks.port}/oms", SECRET]
            said = processes.run(words, env=env, doing="a day of Go Time")
    return [json.loads(line) for line in said.splitlines() if line.startswith("[")]


def test_the_order_system_hears_each_state_once_signed_and_done_only_after_verifying(tmp_path: Path) -> None:
    with HookServer(answers=[500]) as hooks:
        said = a_day(tmp_path, hooks)
    phases = [(what, phase) for what, phase, *_ in said]
    assert phases == [
        ("planned", "starting"), ("go", "under_way"), ("cancelled", "cancelled"), ("extended", "extended"),
        ("verifying", "extended"), ("done", "done"),
    ]  # fmt: skip
    told = {what: told for what, _, told, _ in said}
    assert told["verifying"] == ["starting", "under_way", "extended"]
    assert told["done"] == ["starting", "under_way", "extended", "done"]
    assert told["cancelled"] == ["starting", "cancelled"]
    now = int(time.time())
    assert all(
        signing.is_genuine(SECRET, each.body, each.headers["X-Changeboard-Signature"], now)
        for each in hooks.posted
    )
    names = [each.headers["X-Changeboard-Delivery"] for each in hooks.posted]
    # The one that was answered with 500 came once more under its name; no other came twice.
    assert (len(names), len(set(names))) == (7, 6)
