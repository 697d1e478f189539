"""One day of the calendar, and a window as it stands there."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from changeboard.directory.models import NoGoDate
from maintenance.contributions import Entry
from maintenance.domain.days import SUNDAY
from maintenance.domain.lifecycle import State
from maintenance.models import Freeze, Window
from maintenance.queries.lists import Line

# What a day of a month shows before it says how many more there are.
MOST = 5


@dataclass(frozen=True)
class Card:
    """A window on the day on which it starts where it is read. `via` are the services by which it concerns
    the client that is asked about; `freeze` is one that it lies in while it is still ahead."""

    line: Line
    day: date
    via: str = ""
    freeze: Freeze | None = None

    @property
    def window(self) -> Window:
        return self.line.window

    @property
    def is_off(self) -> bool:
        return self.window.state == State.CANCELLED

    @property
    def is_over(self) -> bool:
        return self.window.state == State.COMPLETED


@dataclass
class Day:
    """One day of the zone. `freezes` hold over it, `begun` are those that begin on it, `listed` are those that a
    list names here; `running` are windows that began the day before; `holiday` is the public holiday
    of the platform's country on that date; `taken` and `frozen` (codes; "*" for all)
    are in the way of what is moved here. With `most` only so many lines are shown."""

    on: date
    is_out: bool
    is_today: bool
    is_past: bool
    most: int | None = None
    windows: list[Card] = field(default_factory=list)
    running: list[Card] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    freezes: list[Freeze] = field(default_factory=list)
    begun: list[Freeze] = field(default_factory=list)
    listed: list[Freeze] = field(default_factory=list)
    no_gos: list[NoGoDate] = field(default_factory=list)
    holiday: str = ""
    taken: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)

    @property
    def iso(self) -> str:
        return self.on.isoformat()

    @property
    def spoken(self) -> str:
        """The day as it is read aloud: Tuesday 15 December."""
        return f"{self.on:%A} {self.on.day} {self.on:%B}"

    @property
    def named_freezes(self) -> list[Freeze]:
        """Freezes whose name stands on this day: on their first one, and anew each Sunday."""
        return self.freezes if self.on.weekday() == SUNDAY else self.begun

    @property
    def notices(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == "notice"]

    @property
    def others(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind != "notice"]

    @property
    def has_something(self) -> bool:
        """Whether a list has something to say of it."""
        return bool(self.windows or self.running or self.entries or self.listed or self.no_gos)

    @property
    def has_text(self) -> bool:
        texts = self.windows or self.running or self.entries or self.no_gos or self.named_freezes
        return bool(texts or self.holiday)

    @property
    def shown_windows(self) -> list[Card]:
        return self.windows[: self._room]

    @property
    def shown_entries(self) -> list[Entry]:
        return self.entries[: max(0, self._room - len(self.windows))]

    @property
    def more(self) -> int:
        """How many of its windows and entries the page of the day shows only."""
        return max(0, len(self.windows) + len(self.entries) - self._room)

    @cached_property
    def _room(self) -> int:
        """For how many windows and entries there is room; freezes, no-go dates and what runs on always stand."""
        total, fixed = len(self.windows) + len(self.entries), len(self.named_freezes) + len(self.no_gos)
        fixed += len(self.running)
        fits = self.most is None or total + fixed <= self.most
        return total if fits or self.most is None else max(1, self.most - 1 - fixed)
