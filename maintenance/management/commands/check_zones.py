"""manage.py check_zones: what the zone database in use, or a new one that is not yet installed, would move."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from changeboard import clock
from maintenance.actions import zones
from maintenance.queries.zones import Drift, drifts


class Command(BaseCommand):
    help = "Work out every window ahead anew and tell which the zone data would move. No window is moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--zones",
            metavar="DIRECTORY",
            help="Try a zone database that is not installed; nothing is noted.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        if options["zones"] is None:
            found = zones.check(now=now).drifts
        else:
            try:
                clock.read_zones_from(options["zones"])
            except ValueError as wrong:
                raise CommandError(str(wrong)) from wrong
            found = drifts(now=now)
        for drift in found:
            self.stdout.write(line(drift))
        self.stdout.write(f"zone data {clock.zone_data()}: {len(found)} windows would move")


def line(drift: Drift) -> str:
    """RIS-2026-12: 2026-12-15T17:00Z -> 2026-12-15T18:00Z, 42 clients would have to be told."""
    was, to = (f"{instant:%Y-%m-%dT%H:%MZ}" for instant in (drift.was, drift.starts_at))
    return f"{drift.window}: {was} -> {to}, {drift.told.clients} clients would have to be told"
