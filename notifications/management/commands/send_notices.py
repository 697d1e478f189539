"""manage.py send_notices: what is due goes out. With --loop it is the road without Celery."""

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.dateparse import parse_datetime

from changeboard import clock
from changes.actions import between
from notifications.actions import news_mail, subscriber_mail, ticking
from notifications.actions.dispatching import Ring
from notifications.queries import outlook

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Plan the notices and send those that are due; then news by mail. Electronic votes end and remind."

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._end = threading.Event()
        self._senders: dict[str, threading.Thread] = {}

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go out")
        parser.add_argument("--until", type=_instant, help="with --dry-run: by then, like 2026-12-15T11:00Z")
        parser.add_argument("--loop", action="store_true", help="go on for ever, a round a tick")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["until"] and not options["dry_run"]:
            raise CommandError("--until looks ahead and needs --dry-run: notices are never sent early.")
        if options["dry_run"]:
            self._say(options["until"] or clock.now())
            return
        if options["loop"]:
            self._loop()
        else:
            self._round()

    def _loop(self) -> None:
        """A round a tick until somebody asks us to end: then the mail under way is finished and marked."""
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: self._end.set())
        while not self._end.is_set():
            try:
                self._round(self._ring)
            except (DatabaseError, OSError):
                # The database is away: the next round finds what this one did not do.
                logger.exception("a round was cut short")
            connection.close_if_unusable_or_obsolete()
            self._end.wait(settings.TICK_SECONDS)
        for sender in self._senders.values():
            sender.join()

    def _ring(self, channel: str, _: int) -> None:
        """A sender of its own for each channel: one that hangs holds up no other."""
        if channel not in self._senders or not self._senders[channel].is_alive():
            self._senders[channel] = threading.Thread(target=self._send, args=(channel,), name=channel)
            self._senders[channel].start()

    def _send(self, channel: str) -> None:
        try:
            while not self._end.is_set() and ticking.send_batch(
                channel, now=clock.now(), stop=self._end.is_set
            ):
                pass
        except (DatabaseError, OSError):
            logger.exception("a sender was cut short")
        finally:
            connection.close()

    def _round(self, ring: Ring | None = None) -> None:
        between.keep(now=clock.now())
        tick = ticking.watched(now=clock.now(), ring=ring)
        told = news_mail.tell(now=clock.now())
        subscriber_mail.tell(now=clock.now())
        self.stdout.write(f"{tick.sent} sent, {tick.failed} failed, {tick.planned} planned, {told} with news")

    def _say(self, until: datetime) -> None:
        now = clock.now()
        rows = outlook.going_out(now=now, until=until)
        for row in rows:
            self.stdout.write(f"{row.at:%Y-%m-%dT%H:%MZ}  {row.window}  {row.milestone:<12} {row.contact}")
        self.stdout.write(f"{len(rows)} would go out by {until:%Y-%m-%dT%H:%MZ}")


def _instant(words: str) -> datetime:
    instant = parse_datetime(words)
    if instant is None or instant.tzinfo is None:
        raise CommandError(f"{words} is no instant: write it like 2026-12-15T11:00Z or with +hh:mm.")
    return instant
