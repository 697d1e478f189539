"""manage.py demo_clock: move the demonstration's clock forward, +14d, +1h, +20m or to an instant."""

import re
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from changeboard import clock, words
from changeboard.demo.actions import moving
from changeboard.refusal import Refusal

UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Command(BaseCommand):
    help = "Move the platform's clock forward; notices on the way go out at their time. Only with DEMO on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", help="+14d, +1h, +20m, or an instant like 2026-12-15T11:00-06:00")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_clock is for the demonstration: set DEMO=1 (see README.md).")
        try:
            instant = _instant(options["to"])
            moving.ask(instant, at=clock.now())
        except Refusal as refusal:
            raise CommandError(" ".join(words.sentence(reason) for reason in refusal.reasons)) from None
        stops = moving.walk(instant)
        self.stdout.write(f"{clock.now():%Y-%m-%dT%H:%M:%SZ}, {stops} stops on the way")


def _instant(typed: str) -> datetime:
    if found := re.fullmatch(r"\+(\d{1,4})([dhm])", typed):
        return clock.now() + timedelta(**{UNITS[found[2]]: int(found[1])})
    instant = parse_datetime(typed)
    if instant is None or instant.tzinfo is None:
        raise CommandError(f"{typed} is neither a length like +14d nor an instant with its zone.")
    return instant
