"""What an edit changed, made out from what stood before and after: words, lists, steps of a plan."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SAME, GONE, NEW = "same", "gone", "new"
# Beyond this the comparison would take longer than reading both texts.
MOST_WORDS = 800
# What stays the same is shown by so many words at each side of a change.
AROUND = 8
ALIKE = 0.4
MOST_PAIRED = 60


@dataclass(frozen=True)
class Words:
    """A run of a text that stayed, went or came."""

    how: str
    text: str


def differing_words(was: str, now: str) -> list[Words]:
    """Word by word, spaces kept with the word after them. What stayed, read with what came, is `now`."""
    before, after = _words(was), _words(now)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    found = [(SAME, "".join(after[:head]))]
    found += _middle(before[head : len(before) - tail], after[head : len(after) - tail])
    return _runs([*found, (SAME, "".join(after[len(after) - tail :]))])


def _common(these: Sequence[str], those: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(these, those, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(these), len(those)))


def _middle(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    if max(len(before), len(after)) > MOST_WORDS:
        return [(GONE, "".join(before)), (NEW, "".join(after))]
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((SAME, "".join(before[i:j])))
        else:
            found += [(GONE, "".join(before[i:j])), (NEW, "".join(after[k:m]))]
    return found


def shortened(runs: Sequence[Words]) -> list[Words]:
    """The same, with long parts that stayed cut down to the words beside a change."""
    last = len(runs) - 1
    return [
        Words(run.how, _cut(run.text, is_first=place == 0, is_last=place == last)) if run.how == SAME else run
        for place, run in enumerate(runs)
    ]


def added_and_removed(was: Sequence[str], now: Sequence[str]) -> tuple[list[str], list[str]]:
    """What a list has more and less than before, each as often as it has."""
    return _more(now, was), _more(was, now)


class Did(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class StepEdit:
    """What became of one step: its number now (before, where it was removed) and each field from and to."""

    did: Did
    number: int
    text: str
    was_number: int | None = None
    fields: tuple[tuple[str, object, object], ...] = ()


Step = dict[str, object]


def differing_steps(was: Sequence[Step], now: Sequence[Step]) -> list[StepEdit]:
    """Steps added, removed, changed and moved. A step is known by its text, else by most of its words."""
    pairs = _pairs([str(step.get("text", "")) for step in was], [str(step.get("text", "")) for step in now])
    in_order = _in_order(pairs)
    found = []
    for j, step in enumerate(now):
        text = str(step.get("text", ""))
        if j not in pairs:
            found.append(StepEdit(Did.ADDED, j + 1, text))
            continue
        fields = _differing_fields(was[pairs[j]], step)
        moved = None if j in in_order else pairs[j] + 1
        if fields or moved:
            did = Did.CHANGED if fields else Did.MOVED
            found.append(StepEdit(did, j + 1, text, moved, fields))
    kept = set(pairs.values())
    gone = [(i, str(step.get("text", ""))) for i, step in enumerate(was) if i not in kept]
    return found + [StepEdit(Did.REMOVED, i + 1, text) for i, text in gone]


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+|\s+", text)


def _runs(found: Sequence[tuple[str, str]]) -> list[Words]:
    """Neighbours of one kind as one, empty ones left out."""
    runs: list[Words] = []
    for how, text in found:
        if text and runs and runs[-1].how == how:
            runs[-1] = Words(how, runs[-1].text + text)
        elif text:
            runs.append(Words(how, text))
    return runs


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    words = _words(text)
    if len(words) <= 2 * AROUND + 4:
        return text
    head = "" if is_first else "".join(words[:AROUND])
    tail = "" if is_last else "".join(words[-AROUND:])
    return f"{head} …{tail}"


def _more(these: Sequence[str], those: Sequence[str]) -> list[str]:
    left = Counter(these) - Counter(those)
    found = []
    for item in these:
        if left[item]:
            left[item] -= 1
            found.append(item)
    return found


def _pairs(was: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Place now → place before, of the steps that are the same or alike."""
    places: dict[str, list[int]] = {}
    for i, text in enumerate(was):
        places.setdefault(text, []).append(i)
    pairs = {j: places[text].pop(0) for j, text in enumerate(now) if places.get(text)}
    taken = set(pairs.values())
    old, new = [i for i in range(len(was)) if i not in taken], [j for j in range(len(now)) if j not in pairs]
    if max(len(old), len(new), 0) <= MOST_PAIRED:
        for j in new:
            best = max(old, key=lambda i: _likeness(was[i], now[j]), default=None)
            if best is not None and _likeness(was[best], now[j]) >= ALIKE:
                pairs[j] = best
                old.remove(best)
    return pairs


def _likeness(one: str, other: str) -> float:
    """The part of their words that both have."""
    these, those = set(one.lower().split()), set(other.lower().split())
    return len(these & those) / len(these | those) if these | those else 0.0


def _in_order(pairs: dict[int, int]) -> set[int]:
    """The places now of the longest row of steps that kept their order; the others were moved."""
    tails: list[int] = []
    at: list[int] = []
    before: dict[int, int | None] = {}
    for j in sorted(pairs):
        place = bisect_left(tails, pairs[j])
        before[j] = at[place - 1] if place else None
        tails[place:] = [pairs[j], *tails[place + 1 :]]
        at[place:] = [j, *at[place + 1 :]]
    kept: set[int] = set()
    step: int | None = at[-1] if at else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


def _differing_fields(was: Step, now: Step) -> tuple[tuple[str, object, object], ...]:
    names = [*now, *(name for name in was if name not in now)]
    return tuple((n, was.get(n), now.get(n)) for n in names if was.get(n) != now.get(n))
