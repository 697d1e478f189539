"""manage.py verify_ledger: whether the proof of what was told is still what was sealed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from changeboard import clock
from maintenance.models import Window
from notifications import labels
from notifications.domain.chain import Fault
from notifications.queries import proof

MOST = 20


class Command(BaseCommand):
    help = (
        "Recompute the chain over the proof of notices and hold it against the ledger. Ends with 1 if broken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--window", metavar="REFERENCE", help="only this window, like RIS-2026-12")
        parser.add_argument(
            "--head", metavar="DIGEST", help="a head from an evidence report: is it there still?"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        window = _window(options["window"]) if options["window"] else None
        checked = proof.check(window, now=clock.now())
        of = window.reference if window else "all windows"
        self.stdout.write(
            f"{of}: {checked.links} links over {checked.deliveries} deliveries checked; "
            f"head {checked.head_number} {checked.head}"
        )
        lines = [line(fault) for fault in checked.faults]
        if options["head"] and not proof.knows(options["head"].strip().lower()):
            lines.append(labels.BREAKS["chain.cut"].format(head=options["head"]))
        for words in lines[:MOST]:
            self.stdout.write(words)
        if lines:
            raise CommandError(f"{len(lines)} places are not as they were sealed. First: {lines[0]}")
        self.stdout.write("Nothing was changed, taken out, put in or reordered.")


def line(fault: Fault) -> str:
    """Where: the link, the window, the delivery; then what differs."""
    number = f"link {fault.number}" if fault.number else "no link"
    delivery = f", delivery {fault.delivery}" if fault.delivery else ""
    return f"{number}, {fault.window or 'no window'}{delivery}: {said(fault)}"


def said(fault: Fault) -> str:
    changed = fault.facts.get("changed")
    if isinstance(changed, list):
        return "; ".join(f"{name} was {was!r}, is now {now!r}" for name, was, now in changed)
    return labels.BREAKS[fault.code].format(**fault.facts)


def _window(reference: str) -> Window:
    try:
        return Window.objects.get(reference=reference)
    except Window.DoesNotExist:
        raise CommandError(f"There is no window {reference}.") from None
