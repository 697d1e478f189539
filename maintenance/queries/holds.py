"""Which windows freezes hold, which ones a freeze would hold, and who was told of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from changeboard.directory.models import System
from maintenance.contributions import Told
from maintenance.domain.conflicts import Frozen, Kind
from maintenance.domain.freezes import Bearing, Pair, bearing
from maintenance.domain.lifecycle import AHEAD
from maintenance.models import Freeze, Hold, Waiver, Window
from maintenance.queries.standing import span_of
from maintenance.queries.told import by_window as told_by_window


@dataclass(frozen=True)
class HitWindow:
    """A window that lies in a freeze: who was told of it, so would be told again if it moved or was cancelled.
    `is_held` by it now; whether it `will_be`; whether it goes `in_spite` of it; which others hold it anyway."""

    window: Window
    told: Told
    is_held: bool
    will_be: bool
    in_spite: bool
    others: tuple[Freeze, ...]

    @property
    def becomes(self) -> str:
        """held, stays (held), let_go, in_spite, or warned: a soft freeze asks for an answer."""
        if self.will_be:
            return "stays" if self.is_held else "held"
        if self.is_held:
            return "let_go"
        return "in_spite" if self.in_spite else "warned"


def fingerprint(hits: Iterable[HitWindow]) -> str:
    """What a person saw before they confirmed: other windows, or another fate, and they look once more."""
    return " ".join(
        f"{hit.window.pk}.{hit.window.revision}.{hit.becomes}.{hit.told.contacts}" for hit in hits
    )


def held_by(windows: Sequence[Window]) -> dict[int, list[Freeze]]:
    """By window: the freezes that hold it. One query."""
    found: dict[int, list[Freeze]] = defaultdict(list)
    rows = Hold.objects.open().filter(window__in=[window.pk for window in windows])
    for hold in rows.select_related("freeze"):
        found[hold.window_id].append(hold.freeze)
    return found


def overridden(windows: Iterable[int], freezes: Iterable[int]) -> set[Pair]:
    """Where somebody with the right said that a window may go in a hard freeze all the same. One query."""
    rows = Waiver.objects.of_the_present().filter(window__in=windows, code=Kind.FREEZE.value)
    wanted = {str(pk): pk for pk in freezes}
    hard = rows.filter(weight__gt=0, about__in=wanted).values_list("window", "about")
    return {(window, wanted[about]) for window, about in hard}


def ahead_in(starts_at: datetime, ends_at: datetime, systems: Collection[System]) -> list[Window]:
    """The windows ahead that lie between two instants. No systems: all of them. One query."""
    windows = Window.objects.between(starts_at, ends_at).filter(state__in=AHEAD).for_pages()
    return list(windows.filter(system__in=systems) if systems else windows)


def hit_by(
    starts_at: datetime,
    ends_at: datetime,
    systems: Collection[System],
    *,
    hard: bool,
    freeze: Freeze | None = None,
) -> list[HitWindow]:
    """What such a freeze, or `freeze` changed into it, would hit, with those that `freeze` holds now and would
    let go; the soonest first. Four queries beside the contributors' one."""
    key = freeze.pk if freeze else 0
    draft = Frozen("", starts_at, ends_at, frozenset(system.pk for system in systems), hard, key)
    own = Hold.objects.open().filter(freeze=key)
    held = {window.pk: window for window in Window.objects.for_pages().filter(holds__in=own)}
    windows = {window.pk: window for window in ahead_in(starts_at, ends_at, systems)} | held
    others, told = held_by(list(windows.values())), told_by_window(list(windows.values()))
    passed = overridden(windows, [key])
    return [
        HitWindow(
            window,
            told[pk],
            is_held=pk in held,
            will_be=bearing(draft, span_of(window), overridden=(pk, key) in passed) is Bearing.REFUSES,
            in_spite=(pk, key) in passed,
            others=tuple(other for other in others[pk] if other.pk != key),
        )
        for pk, window in sorted(windows.items(), key=lambda item: item[1].starts_at)
    ]


def let_go_by(freeze: Freeze) -> list[HitWindow]:
    """The windows that a freeze holds and would let go if it was lifted. The same queries."""
    nothing = freeze.starts_at, freeze.starts_at
    return [hit for hit in hit_by(*nothing, [], hard=False, freeze=freeze) if hit.is_held]


@dataclass(frozen=True)
class Line:
    """A freeze and the windows that it holds, the soonest first."""

    freeze: Freeze
    windows: list[Window]


def lines(freezes: Sequence[Freeze]) -> list[Line]:
    """The list's rows. One query."""
    found: dict[int, list[Window]] = defaultdict(list)
    rows = Hold.objects.open().filter(freeze__in=freezes).select_related("window")
    for hold in rows.order_by("window__starts_at"):
        found[hold.freeze_id].append(hold.window)
    return [Line(freeze, found[freeze.pk]) for freeze in freezes]
