"""What the floors above tell a window, and what a window tells them (ARCHITECTURE.md section 1).

maintenance knows no changes and no notices: it asks whoever registered here. Answers are its own
frozen dataclasses; consequences run inside the caller's transaction and may refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from changeboard.directory.models import Client
from changeboard.people.models import Person
from maintenance.domain.conflicts import Rider

if TYPE_CHECKING:
    from maintenance.models import Window


@dataclass(frozen=True)
class Claim:
    """Downtime that something wants of a window, in seconds."""

    label: str
    planned_seconds: int
    worst_seconds: int
    source_kind: str
    source_id: int
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Load:
    """The claims on one window, summed up: planned and worst in seconds, and Σ(worst − planned)²."""

    planned_seconds: int = 0
    worst_seconds: int = 0
    squares: float = 0.0


@dataclass(frozen=True)
class Riding:
    """How many ask for a window or ride on it, and how many of those at short notice."""

    count: int = 0
    short_notice: int = 0


@dataclass(frozen=True)
class Finding:
    """One line of readiness before Go: green or red, with who clears it and where."""

    code: str
    ok: bool
    title: str
    detail: str = ""
    who: str = ""
    url: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True)
class StepToRun:
    """One step that Go copies into the run. `phase` is before, during or after; lengths in seconds."""

    phase: str
    text: str
    undo: str
    undo_seconds: int
    owner_id: int | None
    planned_seconds: int
    needs_downtime: bool
    source_label: str
    source_kind: str
    source_id: int


@dataclass(frozen=True)
class Panel:
    """A panel that an upper floor draws on the window's page, at an address of its own."""

    title: str
    url: str


@dataclass(frozen=True)
class Entry:
    """Something that the calendar shows beside windows: a notice going out, a meeting. `system` is a code."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    title: str
    detail: str = ""
    url: str = ""
    system: str = ""
    all_day: bool = False


@dataclass(frozen=True)
class OwnEntry:
    """Something of one person's for their own calendar. `key` is its name for ever, `revision` rises when its
    time or its state changes, `since` is when this revision came to be, as far as that is known (UTC)."""

    key: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    title: str
    detail: str = ""
    url: str = ""
    revision: int = 0
    since: datetime | None = None
    is_cancelled: bool = False
    takes_time: bool = False


@dataclass(frozen=True)
class Happened:
    """Something that an upper floor did about a window: a wave of notices that went out. `glyph` draws it."""

    at: datetime
    text: str
    glyph: str
    url: str = ""


@dataclass(frozen=True)
class Telling:
    """One milestone ahead of the window for one audience: between which instants its contacts are told (each
    on their own clock), and where that stands, in words."""

    audience: str
    milestone: str
    first_at: datetime
    last_at: datetime
    words: str
    tone: str
    glyph: str


@dataclass(frozen=True)
class Told:
    """How many clients and contacts were told of a window: they hear of it when it moves or is cancelled."""

    clients: int = 0
    contacts: int = 0


def load_of(claims: Sequence[Claim]) -> Load:
    """Some claims, summed up."""
    return Load(
        sum(claim.planned_seconds for claim in claims),
        sum(claim.worst_seconds for claim in claims),
        sum((claim.worst_seconds - claim.planned_seconds) ** 2 for claim in claims),
    )


class Contributor:
    """Every question a window may ask and every consequence it may have. Override what applies."""

    def claims(self, window: "Window") -> list[Claim]:
        return []

    def claims_by_window(self, windows: Sequence["Window"]) -> dict[int, list[Claim]]:
        """The claims on several windows by their ids, for lists. Answer with a fixed number of queries."""
        return {window.pk: self.claims(window) for window in windows}

    def loads_by_window(self, windows: Sequence["Window"]) -> dict[int, Load]:
        """The claims on several windows by their ids, summed up. Answer with a fixed number of queries."""
        return {pk: load_of(claims) for pk, claims in self.claims_by_window(windows).items()}

    def riding_by_window(self, windows: Sequence["Window"]) -> dict[int, Riding]:
        """How much rides on several windows by their ids. Answer with a fixed number of queries."""
        return {}

    def riders_by_window(self, windows: Sequence["Window"]) -> dict[int, list[Rider]]:
        """What each that asks for a window or rides on it takes up there, by the windows' ids. Answer with a
        fixed number of queries."""
        return {}

    def findings(self, window: "Window", now: datetime) -> list[Finding]:
        return []

    def steps(self, window: "Window") -> list[StepToRun]:
        return []

    def checks(self, window: "Window") -> list[str]:
        """What must be ticked after the work, beside the smoke checks of every window: a queue that drains."""
        return []

    def touched_services(self, window: "Window") -> set[int]:
        """Ids of services that whatever rides on the window touches."""
        return set()

    def services_by_window(self, windows: Sequence["Window"]) -> dict[int, set[int]]:
        """The same for several windows by their ids, for lists. Answer with a fixed number of queries."""
        return {window.pk: self.touched_services(window) for window in windows}

    def panels(self, window: "Window", person: Person) -> list[Panel]:
        return []

    def entries(
        self,
        start: datetime,
        end: datetime,
        *,
        zone: str = "",
        client: Client | None = None,
        now: datetime | None = None,
    ) -> list[Entry]:
        """What the calendar shows between two instants, day by day in `zone` (empty: the platform's); with
        `client` only what concerns that client. With `now` numbers may be some seconds old."""
        return []

    def own_entries(self, person: Person, since: datetime) -> list[OwnEntry]:
        """What stands in a person's own calendar from `since` on, beside the windows."""
        return []

    def tellings(self, window: "Window", now: datetime) -> list[Telling]:
        """Who is told ahead of the window, and when. Answer with a fixed number of queries."""
        return []

    def told_by_window(self, windows: Sequence["Window"]) -> dict[int, Told]:
        """Who would have to be told if these windows moved, by their ids. Answer with one query."""
        return {}

    def happened(self, window: "Window") -> list[Happened]:
        """What was done about the window, for the history of what rides on it. One query at most."""
        return []

    def window_moved(self, window: "Window", *, by: Person, at: datetime) -> None: ...

    def window_cancelled(self, window: "Window", *, by: Person, at: datetime) -> None: ...

    def run_started(self, window: "Window", *, by: Person, at: datetime) -> None: ...

    def run_verifying(self, window: "Window", *, by: Person, at: datetime) -> None: ...

    def run_finished(self, window: "Window", *, outcome: str, by: Person, at: datetime) -> None: ...


_contributors: list[Contributor] = []


def register(contributor: Contributor) -> None:
    """Called once by each upper app when it is ready; a second of the same class changes nothing."""
    if not any(type(known) is type(contributor) for known in _contributors):
        _contributors.append(contributor)


def contributors() -> tuple[Contributor, ...]:
    return tuple(_contributors)
