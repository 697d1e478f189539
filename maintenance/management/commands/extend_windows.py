"""manage.py extend_windows: make the windows of the planning horizon."""

from typing import Any

from django.core.management.base import BaseCommand

from changeboard import clock
from maintenance.actions import cadence


class Command(BaseCommand):
    help = "Make every cadence's windows for the planning horizon. A second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        made = cadence.extend_windows(now=clock.now())
        self.stdout.write(f"{made} windows made")
