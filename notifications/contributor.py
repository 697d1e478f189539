"""What notices tell a window: whether every client was told before Go, and the panel on its page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from changeboard.directory.models import Client
from changeboard.people.models import Person
from maintenance.contributions import Contributor, Entry, Finding, Happened, Panel, Telling, Told
from maintenance.models import Window
from notifications.actions import stopping
from notifications.queries import ahead, entries, readiness, told, waves


class NoticesContributor(Contributor):
    """Registered once, when the app is ready."""

    def findings(self, window: Window, now: datetime) -> list[Finding]:
        return readiness.findings(window, now=now)

    def entries(
        self,
        start: datetime,
        end: datetime,
        *,
        zone: str = "",
        client: Client | None = None,
        now: datetime | None = None,
    ) -> list[Entry]:
        return entries.entries(start, end, zone=zone, client=client, now=now)

    def tellings(self, window: Window, now: datetime) -> list[Telling]:
        return ahead.tellings(window, now=now)

    def told_by_window(self, windows: Sequence[Window]) -> dict[int, Told]:
        return told.told_by_window(windows)

    def happened(self, window: Window) -> list[Happened]:
        return waves.waves(window)

    def run_finished(self, window: Window, *, outcome: str, by: Person, at: datetime) -> None:
        stopping.stop(window)

    def panels(self, window: Window, person: Person) -> list[Panel]:
        return [Panel("Notices", reverse("notifications:panel", args=[window.reference]))]
