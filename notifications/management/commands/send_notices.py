"""manage.py send_notices: what is due goes out. With --loop it is the road without Celery."""

import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.dateparse import parse_datetime

from changeboard import clock
from changes.actions import between
from notifications.actions import news_mail, reconciling, ticking
from notifications.queries import outlook


class Command(BaseCommand):
    help = "Plan the notices and send those that are due; then news by mail. Electronic votes end and remind."

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
        self._round()
        while options["loop"]:
            time.sleep(settings.TICK_SECONDS)
            self._round()

    def _round(self) -> None:
        between.keep(now=clock.now())
        tick = ticking.tick(now=clock.now())
        told = news_mail.tell(now=clock.now())
        self.stdout.write(f"{tick.sent} sent, {tick.failed} failed, {tick.planned} planned, {told} with news")

    def _say(self, until: datetime) -> None:
        now = clock.now()
        with transaction.atomic():
            reconciling.reconcile(now=now)
            rows = outlook.going_out(now=now, until=until)
            transaction.set_rollback(True)
        for row in rows:
            self.stdout.write(
                f"{row.try_at:%Y-%m-%dT%H:%MZ}  {row.window}  {row.milestone:<12} {row.contact}"
            )
        self.stdout.write(f"{len(rows)} would go out by {until:%Y-%m-%dT%H:%MZ}")


def _instant(words: str) -> datetime:
    instant = parse_datetime(words)
    if instant is None or instant.tzinfo is None:
        raise CommandError(f"{words} is no instant: write it like 2026-12-15T11:00Z or with +hh:mm.")
    return instant
