"""What stops, before and now: the lines of a notice that says that the impact changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notifications import labels
from notifications.domain import wording
from notifications.domain.impact import OWN_SYSTEM, Impact
from notifications.queries.touched import ServiceTouched

Said = tuple[Impact, Sequence[ServiceTouched]]


@dataclass(frozen=True)
class Correction:
    """One thing that is another now: its name, and what was said of it. A paragraph has no name."""

    name: str
    now: str
    before: str


def of(system: str, before: Said, now_true: Said) -> tuple[Correction, ...]:
    """From what one reader heard to what is so now, the window's own `system` (its code) first."""
    down = _down(before[0]), _down(now_true[0])
    own = [Correction(system, down[1], down[0])] if down[0] != down[1] else []
    return (*own, *_of_services(before[1], now_true[1]), *_of_paragraphs(before[0], now_true[0]))


def _down(impact: Impact) -> str:
    seconds = sum(effect.seconds for effect in impact.effects if effect.service == OWN_SYSTEM)
    return (
        labels.CORRECTED["down"].format(length=wording.length(seconds)) if seconds else labels.CORRECTED["up"]
    )


def _of_services(
    before: Sequence[ServiceTouched], now_true: Sequence[ServiceTouched]
) -> Iterator[Correction]:
    was, is_now = {each.id: each for each in before}, {each.id: each for each in now_true}
    usual = labels.CORRECTED["as_usual"]
    for pk in dict.fromkeys([*is_now, *was]):
        lines = [of_time[pk].line if pk in of_time else usual for of_time in (is_now, was)]
        if lines[0] != lines[1]:
            yield Correction((is_now.get(pk) or was[pk]).name, *lines)


def _of_paragraphs(before: Impact, now_true: Impact) -> Iterator[Correction]:
    gone = sorted(each.text for each in before.passages - now_true.passages)
    new = sorted(each.text for each in now_true.passages - before.passages)
    for number in range(max(len(gone), len(new))):
        yield Correction("", *(texts[number] if number < len(texts) else "" for texts in (new, gone)))
