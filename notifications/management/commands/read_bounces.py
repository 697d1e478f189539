"""manage.py read_bounces: mails that tell of mails, from a mail server's pipe, a maildir, an mbox or a folder."""

import mailbox
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from changeboard import clock
from changeboard.refusal import Refusal
from notifications.actions import bouncing
from notifications.domain import bounce_mail

# sysexits.h: the mail server keeps the mail and tries again.
TRY_AGAIN = 75


class Command(BaseCommand):
    help = "Read what came back. Without a path one mail from the standard input, as a mail server pipes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="*", type=Path, help="a maildir, an mbox, a mail, or a folder of mails"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts, too_early = Counter[str](), 0
        for mail in _mails(options["path"]):
            told = bounce_mail.read(mail)
            counts["no report"] += not told
            for each in told:
                try:
                    counts[bouncing.take(each, source=bouncing.MAIL, at=clock.now()).value] += 1
                except Refusal:
                    too_early += 1
        said = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()) if number)
        self.stdout.write(said or "no mail")
        if too_early:
            raise CommandError(
                f"{too_early} of mails that are being sent: read them again.", returncode=TRY_AGAIN
            )


def _mails(paths: list[Path]) -> Iterator[bytes]:
    """Every mail as bytes. What is read twice is known the second time: nothing is moved or deleted."""
    if not paths:
        yield sys.stdin.buffer.read()
    for path in paths:
        if (path / "cur").is_dir() and (path / "new").is_dir():
            yield from _of(mailbox.Maildir(path, create=False))
        elif path.is_dir():
            yield from (each.read_bytes() for each in sorted(path.iterdir()) if each.is_file())
        elif not path.is_file():
            raise CommandError(f"{path} is neither a file nor a folder.")
        elif path.read_bytes().startswith(b"From "):
            yield from _of(mailbox.mbox(path, create=False))
        else:
            yield path.read_bytes()


def _of(box: mailbox.Mailbox[Any]) -> Iterator[bytes]:
    try:
        yield from (box.get_bytes(name) for name in box.keys())  # noqa: SIM118 - a mailbox is no mapping
    finally:
        box.close()
