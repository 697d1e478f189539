"""Measures before and after the data became big, in one run on one machine; prints ratios, judges nothing.

`make bench ARGS=engine` measures only the engine that sends notices (bench/engine.py).
`before` is the demonstration (42 clients, some 140 changes). A ratio near 1 means that size does not matter.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client as Browser  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import calendars, engine, filling  # noqa: E402
from changeboard import clock  # noqa: E402
from changeboard.demo.models import DemoKey  # noqa: E402
from changeboard.people.models import Person  # noqa: E402
from changes.models import Change  # noqa: E402
from changes.queries import searching  # noqa: E402
from maintenance.forms.slots import slot_form  # noqa: E402
from maintenance.queries import slots  # noqa: E402
from notifications.actions import reconciling, ticking  # noqa: E402
from notifications.domain.milestones import Milestone  # noqa: E402
from notifications.queries import due, point_of_service, policy, what_if  # noqa: E402

TIMES = 7
# What a browser signs in with.
BACKEND = "changeboard.people.backend.EmergencyHatch"
PAGES = ("/", "/changes/", "/changes/?q=firewall", "/changes/CHG-0142/", "/calendar/", "/windows/", "/notices/",
         "/clients/", "/insights/", "/maintenance/")  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_demo")
    if sys.argv[1:] == ["engine"]:
        filling.clients(filling.CLIENTS)
        engine.main()
        return
    browser = Browser()
    browser.force_login(Person.objects.get(username="clientservices"), BACKEND)
    before = measured(browser)
    now = clock.now()
    print(
        f"filling: {filling.CLIENTS} clients, {filling.CHANGES} changes, {filling.DELIVERIES} deliveries, "
        f"{filling.YEARS} years of windows"
    )
    filling.clients(filling.CLIENTS)
    filling.dates_and_volumes(now=now)
    filling.windows(filling.YEARS, now=now)
    filling.changes(filling.CHANGES, now=now)
    filling.deliveries(filling.DELIVERIES)
    full = filling.a_full_change(now=now)
    tidy()
    first, second = rounds()
    print(f"reconcile, when 2,000 clients are new : when nothing is new = 1 : {second / first:.3f}")
    after = measured(browser)
    for name, took in after.items():
        print(f"{name:<28} big : small = {took / before[name]:5.2f} : 1   ({took * 1000:.1f} ms)")
    reader = Browser()
    reader.force_login(Person.objects.get(username="engineer"), BACKEND)
    against_bare(reader, pages_of_changes(full))
    planner = Browser()
    planner.force_login(Person.objects.get(username="release"), BACKEND)
    against_bare(planner, calendars.pages(now=now))
    for name, (rows, index) in calendars.plans(now=now).items():
        print(f"{name}: uses its index: {index in rows.explain()}")
    print(f"a search uses its index: {'changes_by_their_words' in plan_of('firewall')}")
    engine.main()


def pages_of_changes(full: Change) -> dict[str, str]:
    """By name."""
    return {
        "the list": "/changes/",
        "all of them": "/changes/?view=all",
        "a search": "/changes/?view=all&q=firewall",
        "filters and an order": "/changes/?view=all&risk=high&system=RIS&sort=-risk",
        "a full change": full.get_absolute_url(),
        "its history": f"{full.get_absolute_url()}history/",
    }


def against_bare(browser: Browser, pages: dict[str, str]) -> None:
    """Pages on big data against a bare list page of fifty rows, turn by turn; their queries."""
    for name, path in pages.items():
        bare, took = [], []
        opened(browser, path)
        for _ in range(3 * TIMES):
            bare.append(once(lambda: opened(browser, "/bare/")))
            took.append(once(lambda path=path: opened(browser, path)))  # type: ignore[misc]
        with CaptureQueriesContext(connection) as queries:
            opened(browser, path)
        ratio = statistics.median(took) / statistics.median(bare)
        print(f"{name:<28} : bare page = {ratio:5.2f} : 1   ({len(queries)} queries)")


def tidy() -> None:
    """What autovacuum does in its time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def plan_of(words: str) -> str:
    return searching.matching(Change.objects.all(), words).explain()


def measured(browser: Browser) -> dict[str, float]:
    """Median seconds of each page and query."""
    key = DemoKey.objects.select_related("client").order_by("pk")[0]
    found = {path: median(lambda path=path: opened(browser, path)) for path in PAGES}  # type: ignore[misc]
    found["point of service"] = median(lambda: point_of_service.answer(key.client, now=clock.now()))
    found["oldest overdue"] = median(lambda: due.oldest_overdue(clock.now()))
    found["slots in 183 days"] = median(half_a_year_of_slots)
    found["another policy, 183 days"] = median(another_policy)
    found["a tick with nothing due"] = median(lambda: ticking.tick(now=clock.now(), most=0))
    return found


def half_a_year_of_slots() -> object:
    """Where 15 minutes of RIS fit in the working hours of half a year, and whom and what each start hits."""
    now = clock.now()
    form = slot_form(QueryDict("system=RIS"), now=now)
    if not form.is_valid():
        raise SystemExit(f"slots: {form.errors}")
    return slots.answer(form.question(now=now), now=now)


def another_policy() -> object:
    """What the notices of half a year would be without those of the day before."""
    known = policy.in_force()
    lines = tuple(line for line in known.lines if line.milestone is not Milestone.DAY_BEFORE)
    return what_if.of_policy(replace(known, lines=lines), now=clock.now())


def rounds() -> tuple[float, float]:
    """Seconds of a reconciliation that writes, and of the next, which does not."""
    now = clock.now()
    return once(lambda: reconciling.reconcile(now=now)), once(lambda: reconciling.reconcile(now=now))


def opened(browser: Browser, path: str) -> None:
    """A page that does not answer is no quick page."""
    status = browser.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answers {status}")


def once(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def median(act: Callable[[], object]) -> float:
    act()
    return statistics.median(once(act) for _ in range(TIMES))


if __name__ == "__main__":
    main()
