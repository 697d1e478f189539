"""What changes tell a window (downtime, readiness, steps, services), and how they follow it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from changeboard.directory.models import Client
from changeboard.people.models import Person
from changes.actions import riding
from changes.queries import aboard, loads, meetings, own_entries, readiness, riders
from changes.queries.claims import claims_on
from maintenance.contributions import (
    Claim,
    Contributor,
    Entry,
    Finding,
    Load,
    OwnEntry,
    Panel,
    Riding,
    StepToRun,
)
from maintenance.domain.conflicts import Rider
from maintenance.models import Outcome, Window


class ChangesContributor(Contributor):
    """Registered once, when the app is ready. Consequences run inside the caller's transaction."""

    def claims(self, window: Window) -> list[Claim]:
        return claims_on([window.pk]).get(window.pk, [])

    def claims_by_window(self, windows: Sequence[Window]) -> dict[int, list[Claim]]:
        return claims_on([window.pk for window in windows])

    def loads_by_window(self, windows: Sequence[Window]) -> dict[int, Load]:
        return loads.loads_on([window.pk for window in windows])

    def riding_by_window(self, windows: Sequence[Window]) -> dict[int, Riding]:
        return aboard.riding_on([window.pk for window in windows])

    def riders_by_window(self, windows: Sequence[Window]) -> dict[int, list[Rider]]:
        return riders.riders_by_window([window.pk for window in windows])

    def findings(self, window: Window, now: datetime) -> list[Finding]:
        return [*aboard.findings(window, now=now), *readiness.findings(window, now=now)]

    def steps(self, window: Window) -> list[StepToRun]:
        return aboard.steps(window)

    def checks(self, window: Window) -> list[str]:
        return aboard.queues_to_drain(window)

    def touched_services(self, window: Window) -> set[int]:
        return aboard.touched_services(window)

    def services_by_window(self, windows: Sequence[Window]) -> dict[int, set[int]]:
        return loads.services_on([window.pk for window in windows])

    def panels(self, window: Window, person: Person) -> list[Panel]:
        return [Panel("Changes riding on it", reverse("changes:aboard", args=[window.reference]))]

    def entries(
        self,
        start: datetime,
        end: datetime,
        *,
        zone: str = "",
        client: Client | None = None,
        now: datetime | None = None,
    ) -> list[Entry]:
        return [] if client else meetings.entries(start, end)

    def own_entries(self, person: Person, since: datetime) -> list[OwnEntry]:
        return own_entries.own_entries(person, since)

    def window_moved(self, window: Window, *, by: Person, at: datetime) -> None:
        riding.on_window_moved(window, by=by, at=at)

    def window_cancelled(self, window: Window, *, by: Person, at: datetime) -> None:
        riding.on_window_cancelled(window, by=by, at=at)

    def run_started(self, window: Window, *, by: Person, at: datetime) -> None:
        riding.on_run_started(window, by=by, at=at)

    def run_verifying(self, window: Window, *, by: Person, at: datetime) -> None:
        riding.on_run_verifying(window, by=by, at=at)

    def run_finished(self, window: Window, *, outcome: str, by: Person, at: datetime) -> None:
        riding.on_run_finished(window, backed_out=outcome == Outcome.BACKED_OUT, by=by, at=at)
