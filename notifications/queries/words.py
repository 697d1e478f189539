"""What clients read of a window: its paragraph, and how words differ from those that somebody was told."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from changes.domain.edits import Words as Run
from changes.domain.edits import differing_words
from changes.models import Change
from maintenance.models import Window, WindowState
from notifications.domain.impact import Impact, Passage
from notifications.models import Delivery, ToldImpact, Words
from notifications.queries import impacts
from notifications.queries.touched import Touched, touched


@dataclass(frozen=True)
class Difference:
    """One paragraph as it was told and as it is signed now, word by word; one of them may be empty."""

    before: str
    now: str

    @property
    def runs(self) -> list[Run]:
        return differing_words(self.before, self.now)


@dataclass(frozen=True)
class Telling:
    """Words that changed after somebody was told: the differences, and what the notices say and would say."""

    differences: tuple[Difference, ...]
    told: Impact
    now_true: Impact
    row: ToldImpact

    @property
    def fingerprint(self) -> str:
        """Stands for what a person read before deciding."""
        return hashlib.sha256(repr(self.differences).encode()).hexdigest()[:16]


def of_window(window: Window) -> Words:
    """The window's paragraph, or an empty one that is not saved. One query."""
    found = Words.objects.filter(window=window).select_related("written_by", "signed_off_by").first()
    return found or Words(window=window)


def telling(window: Window) -> Telling | None:
    """What a person has to decide, None where there is nothing: nobody was told, or the words stand as they were.
    Words that nobody signed yet are not asked about. Eight queries at most."""
    row = ToldImpact.objects.filter(window=window, revision=window.revision).first()
    if row is None or not window.is_ahead or not Delivery.objects.told().filter(window=window).exists():
        return None
    if Words.objects.unsigned().filter(window=window).exists():
        return None
    touches = touched([window.pk]).get(window.pk, Touched())
    told, now_true = impacts.as_impact(row), impacts.stands(window, touches)
    found = tuple(_differences(told.passages - now_true.passages, now_true.passages - told.passages))
    return Telling(found, told, now_true, row) if found else None


def to_decide(*, now: datetime) -> list[Window]:
    """Windows ahead whose words differ from those that were told. One query, and eight for each for which words
    were signed, or taken away, since its notices were last settled."""
    told = F("told_impacts__at")
    of_change = Change.objects.filter(
        window=OuterRef("pk"), paragraph_signed_at__gt=OuterRef("told_impacts__at")
    )
    newer = (
        Q(words__signed_off_at__gt=told)
        | Q(words__paragraph="", words__written_at__gt=told)
        | Exists(of_change)
    )
    announced = Window.objects.filter(state=WindowState.ANNOUNCED, starts_at__gt=now)
    found = announced.filter(told_impacts__revision=F("revision")).filter(newer)
    return [
        window
        for window in found.select_related("system").order_by("starts_at")
        if telling(window) is not None
    ]


def _differences(gone: Iterable[Passage], new: Iterable[Passage]) -> Iterable[Difference]:
    """Paragraphs about the same things belong together."""
    about: dict[object, list[str]] = {}
    for place, passages in enumerate((gone, new)):
        for each in sorted(passages, key=lambda passage: passage.text):
            about.setdefault((each.systems, each.services), ["", ""])[place] = each.text
    for before, now in about.values():
        yield Difference(before, now)
