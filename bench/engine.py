"""The engine that sends notices against a bare smtplib loop, turn by turn, on one sink; prints ratios.

The bare loop sends ready-made messages of the same size over one connection and knows no database. The engine claims,
fills, sends and marks durably (the benchmark's PostgreSQL writes through: fsync is on).
"""

import os
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from changeboard import clock
from changeboard.directory.models import Channel, Contact
from maintenance.models import Window, WindowRevision
from notifications.actions import batch, claiming, dispatching
from notifications.channels.email import Email
from notifications.models import Attempt, Backlog, Delivery, Notice
from tools.guard import free_port

READERS, ROUNDS, ROWS = 1_000, 7, 1_000_000
ALL_OF_THEM = 100_000
SINK = "tests/sink.py, a process of its own"


# Planned for the coming days, of revisions that never were; nothing of it is due.
MILLION = """
INSERT INTO notifications_delivery (notice_id, window_id, revision, milestone, contact_id, channel, urgency,
    due_at, try_at, not_after, state, reason, folded_into, lease_owner, tries, resends, message_id, subject,
    body_hash, server_answer, uncertain, acknowledged_by)
SELECT notice.id, notice.window_id, 1000 + n / cardinality(contacts.ids), 'one_week',
    contacts.ids[1 + n %% cardinality(contacts.ids)], 'email', 1,
    %(now)s + n * interval '1 second' + interval '1 day', %(now)s + n * interval '1 second' + interval '1 day',
    %(now)s + interval '90 days', 'planned', '', '', '', 0, 0, '', '', '', '', false, ''
FROM generate_series(0, %(rows)s - 1) AS n, notifications_notice AS notice,
    (SELECT array_agg(id) AS ids FROM directory_contact WHERE channel = 'email') AS contacts
WHERE notice.window_id = %(window)s AND notice.milestone = 'two_weeks'
"""


def main() -> None:
    """Needs the clients of bench/filling.py."""
    now = clock.now()
    Backlog.objects.create(stopped_at=now, waiting=1, released_at=now)
    window = _window(now)
    with _sink() as pid:
        _owe(window, READERS, now)
        _against_bare(pid, now)
        _fills(window, now)
        _by_size(window, now)
    _claims(window, now)


@contextmanager
def _sink() -> Iterator[int]:
    port = free_port()
    # A session of its own, as PostgreSQL has: Linux shares the processors out by session.
    program = subprocess.Popen([sys.executable, "-m", "tests.sink", str(port)], start_new_session=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    until = time.monotonic() + 20
    try:
        while time.monotonic() < until:
            try:
                smtplib.SMTP("127.0.0.1", port).close()
                break
            except OSError:
                time.sleep(0.1)
        yield program.pid
    finally:
        program.kill()
        program.wait()


def _window(now: datetime) -> Window:
    """Of RIS, in nine days: readers are owed their first notice."""
    starts_at = now.replace(microsecond=0) + timedelta(days=9)
    ris = Window.objects.filter(system__code="RIS").first()
    made = Window.objects.create(
        system=ris.system, reference="RIS-BENCH", on=starts_at.date() + timedelta(days=4000),
        start_time=starts_at.time(), starts_at=starts_at, ends_at=starts_at + timedelta(seconds=900),
        length_seconds=900, budget_seconds=900, state="announced", announced_at=now,
    )  # fmt: skip
    WindowRevision.objects.create(
        window=made, revision=0, starts_at=made.starts_at, ends_at=made.ends_at, kind="made", at=now
    )
    return made


def _owe(window: Window, readers: int, now: datetime) -> None:
    """That many due rows, each to a contact of its own; all that stood there before is gone."""
    _forget()
    contacts = _contacts(readers)
    notice, _ = Notice.objects.get_or_create(
        window=window, revision=0, audience="clients", milestone="two_weeks"
    )
    Delivery.objects.bulk_create(
        [
            Delivery(
                notice=notice, window=window, revision=0, milestone="two_weeks", contact_id=contact,
                client_id=client, channel="email", due_at=now, try_at=now, not_after=now + timedelta(days=8),
            )
            for contact, client in contacts
        ],
        batch_size=5000,
    )  # fmt: skip
    _tidy()


def _contacts(readers: int) -> list[tuple[int, int]]:
    """That many mailboxes and their clients; what is missing is made."""
    known = Contact.objects.filter(channel=Channel.EMAIL, client__isnull=False)
    there = list(known.values_list("pk", "client_id")[:readers])
    Contact.objects.bulk_create(
        [
            Contact(
                client_id=there[n % len(there)][1],
                name=f"Desk {n}",
                channel="email",
                address=f"d{n}@b.example",
            )
            for n in range(len(there), readers)
        ],
        batch_size=5000,
    )
    return list(known.values_list("pk", "client_id")[:readers])


def _forget() -> None:
    ours = Delivery.objects.filter(window__reference="RIS-BENCH")
    Attempt.objects.filter(delivery__in=ours).delete()
    ours._raw_delete(ours.db)


def _tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE notifications_delivery")


def _again(now: datetime) -> None:
    """The same rows due once more."""
    Attempt.objects.filter(delivery__window__reference="RIS-BENCH").delete()
    Delivery.objects.filter(window__reference="RIS-BENCH").update(
        state="planned", try_at=now, tries=0, accepted_at=None, message_id="", dated_at=None, begun_at=None
    )
    _tidy()


def _against_bare(sink: int, now: datetime) -> None:
    """Median of paired ratios: bare loop, engine with a mark every ten, engine with a mark every mail."""
    mails = _ready_made(now)
    size = statistics.mean(len(wire) for _, wire in mails)
    bare, busy, rates = [], [], {10: [], 1: []}
    for _ in range(ROUNDS):
        before, began = _cpu(sink), time.perf_counter()
        _bare(mails)
        bare.append(len(mails) / (time.perf_counter() - began))
        busy.append((_cpu(sink) - before) / (time.perf_counter() - began))
        for every, found in rates.items():
            _again(now)
            settings.NOTICES_A_MARK = every
            found.append(_engine(now) / bare[-1])
    settings.NOTICES_A_MARK = 10
    print(
        f"sink: {SINK}, busy {statistics.median(busy):.0%} of the bare loop's time; {size:.0f} bytes a mail"
    )
    print(f"bare smtplib loop            : {statistics.median(bare):.0f} mails/s")
    for every, found in rates.items():
        spread = f"{ROUNDS} rounds, {min(found):.2f} to {max(found):.2f}"
        print(
            f"engine, a mark every {every:<2}      : bare loop = {statistics.median(found):.2f} : 1   ({spread})"
        )


def _ready_made(now: datetime) -> list[tuple[str, bytes]]:
    way = Email()
    rows = claiming.claim("email", READERS, owner="bench", now=now)
    way.expect(rows)
    found = []
    for row in rows:
        batch.freeze_name(row, at=now)
        found.append((row.contact.address, way.prepare(row, at=now).thing.wire))
    return found


def _bare(mails: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as smtp:
        for reader, wire in mails:
            smtp.sendmail(settings.DEFAULT_FROM_EMAIL, [reader], wire)


def _engine(now: datetime) -> float:
    began = time.perf_counter()
    sent = dispatching.send_due(now=now, most=10_000_000)
    return sent.accepted / (time.perf_counter() - began)


def _cpu(pid: int) -> float:
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _fills(window: Window, now: datetime) -> None:
    """How many mails one core fills, and builds on Django's road; by the process's own CPU time."""
    _again(now)
    way = Email()
    rows = claiming.claim("email", READERS, owner="bench", now=now)
    way.expect(rows)
    for row in rows:
        batch.freeze_name(row, at=now)
        way.prepare(row, at=now)
    began = time.process_time()
    for _ in range(5):
        for row in rows:
            way.prepare(row, at=now)
    quick = 5 * len(rows) / (time.process_time() - began)
    began = time.process_time()
    for row in rows[:100]:
        way.built(row, at=now).thing.message().as_bytes()
    slow = 100 / (time.process_time() - began)
    print(
        f"mails made on one core       : filled : built = {quick / slow:.0f} : 1   ({quick:.0f} and {slow:.0f}/s)"
    )


def _by_size(window: Window, now: datetime) -> None:
    """Whether a wave of 100,000 costs more a notice than one of 1,000 (the median of a few: they are short)."""
    found = {}
    for readers, times in ((READERS, ROUNDS), (ALL_OF_THEM, 1)):
        rates = []
        for _ in range(times):
            _owe(window, readers, now)
            rates.append(_engine(now))
        found[readers] = statistics.median(rates)
    few, many = found[READERS], found[ALL_OF_THEM]
    print(
        f"cost a notice, {ALL_OF_THEM:,} due : {READERS:,} due = {few / many:.2f} : 1   ({many:.0f}, {few:.0f}/s)"
    )


def _claims(window: Window, now: datetime) -> None:
    """Claiming 100 due among a million rows, and a tick with nothing due."""
    _forget()
    with connection.cursor() as cursor:
        cursor.execute(
            MILLION,
            {"now": now, "rows": ROWS, "window": window.pk},
        )
    _tidy()
    with CaptureQueriesContext(connection) as queries:
        dispatching.send_due(now=now)
    idle = statistics.median(_took(lambda: dispatching.send_due(now=now)) for _ in range(20))
    print(f"a tick with nothing due      : {len(queries)} query among {ROWS:,} rows, {1000 * idle:.2f} ms")
    took = []
    for turn in range(20):
        due = Delivery.objects.filter(window=window).order_by("-try_at").values("pk")[:100]
        Delivery.objects.filter(pk__in=list(due.values_list("pk", flat=True))).update(try_at=now)
        with connection.execute_wrapper(_Stopwatch(statements := [])):
            rows = claiming.claim("email", 100, owner=f"bench{turn}", now=now)
        took.append(statements[0])
        if len(rows) != 100:
            raise SystemExit(f"{len(rows)} claimed")
    print(f"claiming 100 of {ROWS:,}    : {1000 * statistics.median(took):.1f} ms (median of 20)")


def _took(act: object) -> float:
    began = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - began


class _Stopwatch:
    """Seconds of each statement."""

    def __init__(self, found: list[float]) -> None:
        self._found = found

    def __call__(self, execute: Any, *words: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*words)
        finally:
            self._found.append(time.perf_counter() - began)
