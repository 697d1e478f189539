"""manage.py demo_mailbox: the demonstration's mail server, where EMAIL_URL points."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from changeboard.demo import mail_server

HERE = ("127.0.0.1", "localhost", "::1")


class Command(BaseCommand):
    help = "Take every mail of the demonstration and keep it for /demo/mail/. Only with DEMO on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_mailbox is for the demonstration: set DEMO=1 (see README.md).")
        if settings.EMAIL_HOST not in HERE:
            raise CommandError(f"EMAIL_URL names {settings.EMAIL_HOST}: mails go there, not to this machine.")
        self.stdout.write(f"mailbox at {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
        asyncio.run(mail_server.serve(settings.EMAIL_HOST, settings.EMAIL_PORT))
