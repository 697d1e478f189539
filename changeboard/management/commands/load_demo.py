"""manage.py load_demo: the demonstration's people, clients, windows, changes and notices."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from changeboard import clock
from changeboard.demo import stories


class Command(BaseCommand):
    help = "Load the demonstration. Refuses unless DEBUG or DEMO is on; a second run adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="chapters, separated by commas")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("load_demo is for the demonstration: set DEMO=1 or DEBUG=1 (see README.md).")
        only = [name for name in options["only"].split(",") if name]
        with transaction.atomic():
            added = stories.load(now=clock.now(), only=only)
        self.stdout.write(", ".join(f"{name} {count}" for name, count in added.items()))
