"""What stands against windows, and who answers for it.

For any number of windows the same queries: at most eleven, beside two questions to each contributor.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from changeboard import words
from maintenance import labels
from maintenance.domain import conflicts as rules
from maintenance.domain.conflicts import Conflict, Kind, Rider
from maintenance.models import Waiver, Window, WindowRevision
from maintenance.queries.conflict_pictures import UNSAVED, pictures


@dataclass(frozen=True)
class Standing:
    """A conflict, and who answers for it, if anybody: a waiver, or for the day of a window that was made or moved
    by hand the reason that was given then."""

    conflict: Conflict
    accepted: Waiver | WindowRevision | None
    # What somebody answered for before it grew: that no longer covers it.
    outgrown: Waiver | None = None

    @property
    def is_open(self) -> bool:
        return self.accepted is None

    @property
    def title(self) -> str:
        return labels.HELD if self.conflict.is_refused else labels.CONFLICTS[self.conflict.kind]

    @property
    def button(self) -> str:
        return labels.OVERRIDE if self.conflict.is_refused else labels.ANSWER

    @property
    def sentence(self) -> str:
        return words.sentence(self.conflict.reason)

    @property
    def waiver(self) -> Waiver | None:
        """What can be taken back. The reason of a move cannot: moving it back is another move."""
        return self.accepted if isinstance(self.accepted, Waiver) else None


def standing(window: Window) -> list[Standing]:
    """Everything that stands against one window that is ahead; nothing against any other."""
    return by_window([window])[window.pk]


def one(window: Window, *, kind: str | None, about: str | None) -> Standing | None:
    """The conflict of this kind, about this, if it stands against the window."""
    wanted = kind, about or ""
    found = (each for each in standing(window) if (each.conflict.kind.value, each.conflict.about) == wanted)
    return next(found, None)


def open_by_window(windows: Sequence[Window]) -> dict[int, int]:
    """How many conflicts of each nobody answers for yet."""
    return {pk: sum(each.is_open for each in found) for pk, found in by_window(windows).items()}


def by_window(windows: Sequence[Window]) -> dict[int, list[Standing]]:
    """The same for several, by their ids."""
    found: dict[int, list[Standing]] = {window.pk: [] for window in windows}
    ahead = [window for window in windows if window.is_ahead]
    if not ahead:
        return found
    revisions = _revisions(ahead)
    known = {window.pk: _known_at(window, revisions.get(window.pk)) for window in ahead}
    accepted = _accepted(ahead)
    for pk, picture in pictures(ahead, known).items():
        for conflict in rules.conflicts(picture):
            found[pk].append(_standing(conflict, accepted[pk], revisions.get(pk)))
    return found


def before_saving(wanted: Window, *, at: datetime, riders: Sequence[Rider] = ()) -> list[Conflict]:
    """What would stand against a window that is not saved, or not there yet, and with these riding on it too.
    Whoever puts it there is a person: its own day of the cadence is no excuse any more."""
    key = wanted.pk or UNSAVED
    wanted.cadence_on = None
    return rules.conflicts(pictures([wanted], {key: at}, {key: riders})[key])


def if_it_rode(window: Window, rider: Rider) -> list[Conflict]:
    """What would stand against a window that is there if this rode on it too, answered for or not."""
    known = _known_at(window, _revisions([window]).get(window.pk))
    return rules.conflicts(pictures([window], {window.pk: known}, {window.pk: [rider]})[window.pk])


def _revisions(windows: Sequence[Window]) -> dict[int, WindowRevision]:
    """The row of each window that says why it lies where it lies. One query."""
    rows = WindowRevision.objects.of_its_times().filter(window__in=windows).order_by("window_id", "-revision")
    return {row.window_id: row for row in rows.distinct("window_id").select_related("by")}


def _known_at(window: Window, revision: WindowRevision | None) -> datetime:
    return window.starts_at if revision is None else revision.at


def _accepted(windows: Sequence[Window]) -> dict[int, list[Waiver]]:
    found: dict[int, list[Waiver]] = defaultdict(list)
    for waiver in Waiver.objects.of_the_present().filter(window__in=windows).select_related("by"):
        found[waiver.window_id].append(waiver)
    return found


def _standing(conflict: Conflict, waivers: Iterable[Waiver], revision: WindowRevision | None) -> Standing:
    if conflict.kind is Kind.OFF_CADENCE and revision is not None and revision.reason and revision.by:
        return Standing(conflict, revision)
    same = [each for each in waivers if (each.code, each.about) == (conflict.kind.value, conflict.about)]
    by = next((waiver for waiver in same if waiver.accepted.covers(conflict)), None)
    return Standing(conflict, by, None if by else next(iter(same), None))
