"""What notices say of what stops: kept with each revision, and a new revision when it is not so any more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from maintenance.actions.impact import change_impact
from maintenance.models import Window, WindowRevision, WindowState
from notifications import labels
from notifications.domain.impact import Impact, Passage
from notifications.domain.lifecycle import TOLD, State
from notifications.domain.picture import Entry
from notifications.models import ToldImpact
from notifications.queries import impacts
from notifications.queries.touched import Touched


def follow(window: Window, touches: Touched, entries: Sequence[Entry], *, now: datetime) -> None:
    """Keep what the present revision's notices say. Once somebody heard it, another impact is another revision.

    The caller holds the window's row. A second time nothing is written. Other words alone wait for a person
    to say who is to hear of them; a change that lies before the board again is waited for.
    """
    kept = {row.revision: row for row in ToldImpact.objects.filter(window=window)}
    if window.state == WindowState.CANCELLED:
        _as_it_was(window, kept, at=now)
        return
    now_true, riding = impacts.stands(window, touches), [change.reference for change in touches.riding]
    row = kept.get(window.revision)
    known = impacts.as_impact(row) if row else None
    if known == now_true:
        return
    heard = _heard_of_these_times(window, entries, now)
    if row is None or known is None or not heard:
        told = [impacts.as_impact(kept[number]) for number in sorted(heard) if number in kept]
        keep(window, Impact(now_true.effects, told[-1].passages) if told else now_true, riding, at=now)
    elif _is_to_be_told(window, row, known, now_true):
        change_impact(window, reason=_reason(known, now_true), by=None, at=now)
        keep(window, Impact(now_true.effects, known.passages), riding, at=now)


def _is_to_be_told(window: Window, row: ToldImpact, known: Impact, now_true: Impact) -> bool:
    differs = known.effects != now_true.effects and window.is_ahead
    return differs and not impacts.is_undecided(window, row.riding)


def _as_it_was(window: Window, kept: dict[int, ToldImpact], *, at: datetime) -> None:
    """Nothing rides on a window that is called off: what is off is what it would have done."""
    if kept and window.revision not in kept:
        last = kept[max(kept)]
        keep(window, impacts.as_impact(last), last.riding, at=at)


def keep(window: Window, impact: Impact, riding: Collection[str], *, at: datetime) -> None:
    """This is what the notices of the window's present revision say."""
    ToldImpact.objects.update_or_create(
        window=window, revision=window.revision, defaults=impacts.as_row(impact, riding) | {"at": at}
    )


def let_pass(window: Window, passages: Collection[Passage], *, at: datetime) -> None:
    """These paragraphs say the same as what was told, under whichever revision: nobody is told of a difference."""
    for row in ToldImpact.objects.filter(window=window):
        told = Impact(impacts.as_impact(row).effects, frozenset(passages))
        fields = impacts.as_row(told, row.riding) | {"at": at}
        ToldImpact.objects.filter(pk=row.pk).update(**fields)


def _heard_of_these_times(window: Window, entries: Sequence[Entry], now: datetime) -> set[int]:
    """Revisions with the window's present times of which somebody heard, or may hear while we look on."""
    heard = {entry.revision for entry in entries if _is_out(entry, window.revision, now)}
    if not heard:
        return heard
    same = WindowRevision.objects.filter(
        window=window, revision__in=heard, starts_at=window.starts_at, ends_at=window.ends_at
    )
    return set(same.values_list("revision", flat=True))


def _is_out(entry: Entry, revision: int, now: datetime) -> bool:
    # What is due may be taken by a sender this very moment, with the words of before.
    is_due = entry.state is State.PLANNED and entry.try_at is not None and entry.try_at <= now
    return entry.state in (*TOLD, State.SENDING) or (is_due and entry.revision == revision)


def _reason(known: Impact, now_true: Impact) -> str:
    """Which services, in the words of a window's history."""
    services = impacts.as_services({0: Impact(known.effects ^ now_true.effects)})[0]
    named = [each.name for each in services]
    return labels.IMPACT_REASON.format(services=", ".join(named) or labels.WHOLE_SYSTEM)[:300]
