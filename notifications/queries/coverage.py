"""Coverage of a window: clients down, milestones across, each cell with the state that needs a look most."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from maintenance.models import Window
from notifications import labels
from notifications.domain.folding import TOLD_BEFORE
from notifications.domain.lifecycle import TOLD, State
from notifications.domain.milestones import AHEAD, ORDER, Audience, Milestone
from notifications.models import Delivery

COLUMNS = (Milestone.TWO_WEEKS, Milestone.DAY_BEFORE, Milestone.STARTING, Milestone.UNDER_WAY, Milestone.DONE)
LATE = timedelta(hours=1)
# What needs a look most stands for the cell; a client with two readers shows the worse of the two.
WORST_FIRST = ("failed", "missed", "late", "held", "due", "sent", "waived", "folded")
PROBLEMS = ("failed", "missed", "late", "held")
FILTERS = {
    "problems": PROBLEMS,
    "untold": ("failed", "missed", "held", "due"),
    "failed": ("failed", "missed"),
    "late": ("late",),
    "held": ("held",),
}
FIELDS = (
    "client_id",
    "milestone",
    "state",
    "reason",
    "folded_into",
    "due_at",
    "accepted_at",
    "tries",
    "held_by__last_name",
)
CLIENT = ("client__name", "client__slug", "client__time_zone")
KINDS = {
    State.FAILED: "failed",
    State.BOUNCED: "failed",
    State.HELD: "held",
    State.WAIVED: "waived",
}


@dataclass(frozen=True)
class Line:
    """What a cell needs to know of one delivery."""

    client_id: int
    milestone: str
    state: str
    reason: str
    folded_into: str
    due_at: datetime
    accepted_at: datetime | None
    tries: int
    held_by: str | None = None

    @property
    def kind(self) -> str:
        """What a cell says of it."""
        if self.state in TOLD:
            return "late" if self.accepted_at and self.accepted_at - self.due_at > LATE else "sent"
        if self.state == State.SKIPPED:
            if self.reason == TOLD_BEFORE:
                return "sent"
            return "missed" if self.reason == "too_late" and not self.folded_into else "folded"
        return KINDS.get(State(self.state), "due")

    @property
    def note(self) -> str:
        """What stands beside it: who holds it, why it was waived, or that the order system showed it."""
        if self.state == State.HELD:
            return self.held_by or ""
        if self.state == State.WAIVED:
            return self.reason
        return labels.REPORTED_AS.get(self.state, "")


@dataclass(frozen=True)
class Cell:
    """One client's notices at one milestone. `at` is when: sent, or due; `told` of `readers` were told."""

    kind: str
    at: datetime | None
    told: int
    readers: int
    tries: int = 0
    carried_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    client_id: int
    name: str
    slug: str
    zone: str
    cells: tuple[tuple[Milestone, Cell | None], ...]

    @property
    def worst(self) -> int:
        kinds = [WORST_FIRST.index(cell.kind) for _, cell in self.cells if cell]
        return min(kinds, default=len(WORST_FIRST))

    @property
    def is_problem(self) -> bool:
        return self.worst < len(PROBLEMS)


@dataclass(frozen=True)
class Told:
    """How many clients were told at a milestone, of how many that should be."""

    milestone: Milestone
    told: int
    clients: int
    failed: int

    @property
    def label(self) -> str:
        return labels.MILESTONES[self.milestone]


@dataclass(frozen=True)
class Coverage:
    window: Window
    columns: tuple[Milestone, ...]
    rows: list[Row]
    totals: list[Told]

    @property
    def heads(self) -> list[str]:
        return [labels.MILESTONES[column] for column in self.columns]


def coverage(window: Window) -> Coverage:
    """Every client that this window concerns, problems first. One query."""
    found = Delivery.objects.filter(
        window=window, revision=window.revision, notice__audience=Audience.CLIENTS.value
    ).exclude(state=State.SUPERSEDED.value)
    by_client: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    clients: dict[int, tuple[str, str, str]] = {}
    for *fields, name, slug, zone in found.order_by("due_at", "pk").values_list(*FIELDS, *CLIENT):
        line = Line(*fields)
        by_client[line.client_id][line.milestone].append(line)
        clients[line.client_id] = name, slug, zone
    columns = _columns({milestone for of_client in by_client.values() for milestone in of_client})
    rows = [
        Row(pk, *clients[pk], tuple((column, _cell(of_client.get(column, []))) for column in columns))
        for pk, of_client in by_client.items()
    ]
    rows.sort(key=lambda row: (row.worst if row.is_problem else len(PROBLEMS), row.name))
    return Coverage(window, columns, rows, [_told(column, rows) for column in columns])


def some(found: Coverage | None, *, only: str = "", name: str = "") -> list[Row]:
    """The rows of one filter (labels.SHOWN), with this in the client's name. No query."""
    rows = found.rows if found else []
    kinds = FILTERS.get(only)
    return [
        row
        for row in rows
        if (kinds is None or any(cell and cell.kind in kinds for _, cell in row.cells))
        and name.lower() in row.name.lower()
    ]


def _columns(present: Iterable[str]) -> tuple[Milestone, ...]:
    """The usual five, and what else happened to this window, in the order of their times."""
    shown = {*COLUMNS, *present}
    return tuple(each for each in ORDER if each in shown)


def _cell(of_client: list[Line]) -> Cell | None:
    if not of_client:
        return None
    by_kind = {line.kind: line for line in reversed(of_client)}
    worst = next(kind for kind in WORST_FIRST if kind in by_kind)
    shown = by_kind[worst]
    told = sum(line.kind in ("sent", "late") for line in of_client)
    carried = labels.MILESTONES.get(shown.folded_into, "")
    return Cell(
        worst, shown.accepted_at or shown.due_at, told, len(of_client), shown.tries, carried, shown.note
    )


def _told(column: Milestone, rows: list[Row]) -> Told:
    cells = [cell for row in rows for milestone, cell in row.cells if milestone is column and cell]
    told = sum(cell.told > 0 for cell in cells)
    return Told(column, told, len(cells), sum(cell.kind == "failed" for cell in cells))


def untold(window: Window) -> dict[Milestone, list[Row]]:
    """By milestone ahead of the start: the clients that nobody was told at, unless waived or carried on."""
    found = coverage(window)
    return {
        milestone: [
            row
            for row in found.rows
            for column, cell in row.cells
            if column is milestone and cell and not cell.told and cell.kind not in ("waived", "folded")
        ]
        for milestone in found.columns
        if milestone in AHEAD
    }
