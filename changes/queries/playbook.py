"""The playbook of one change: its picture from the rows, its ten steps from the domain."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from changeboard import clock
from changeboard.people.models import Person
from changes import board_labels
from changes.domain.playbook import Picture, Stage, Step, steps
from changes.models import AgendaItem, Change, Meeting, ReTest, Review, StageNote


@dataclass(frozen=True)
class Missing:
    """Something that a stage still lacks, in words, with the link that does it."""

    words: str
    url: str
    act: str


@dataclass(frozen=True)
class Line:
    """One stage as the page draws it."""

    step: Step
    title: str
    words: str
    missing: list[Missing]


@dataclass(frozen=True)
class Playbook:
    lines: list[Line]
    seen: Picture
    clients_told_at: datetime | None
    meeting: Meeting | None

    @property
    def done(self) -> int:
        return sum(line.step.is_done for line in self.lines)

    @property
    def current(self) -> Line | None:
        return next((line for line in self.lines if line.step.is_current), None)


def playbook(change: Change, *, person: Person, now: datetime) -> Playbook:
    """All that the page shows. A fixed number of queries."""
    seen = picture(change, now=now)
    lines = [_line(step, change, seen) for step in steps(seen, settings.PLATFORM_TIME_ZONE)]
    item = _next_item(change)
    return Playbook(lines, seen, _two_weeks_before(change), item.meeting if item else None)


def picture(change: Change, *, now: datetime) -> Picture:
    """What is known of the change, for the pure rules. Seven queries."""
    notes = dict(StageNote.objects.filter(change=change).values_list("stage", "at"))
    asked = list(change.questions.filter(kind="tough").values_list("answered_at", "verified_at"))
    signed = list(change.sign_offs.values_list("state", flat=True))
    item, decision = _next_item(change), change.decisions.order_by("at").first()
    approved = change.decisions.filter(outcome__startswith="approve").order_by("at").first()
    opened = AgendaItem.objects.filter(change=change, opened_at__isnull=False).order_by("opened_at").first()
    retest = ReTest.objects.filter(change=change, passed=True).order_by("at").first()
    review = Review.objects.filter(change=change).first()
    presented_at = opened.opened_at if opened else decision.at if decision else None
    return Picture(
        filed_at=change.created_at,
        submitted_at=change.submitted_at,
        steps=change.steps.count(),
        told_at=notes.get(Stage.TELL),
        board_at=item.meeting.starts_at if item else None,
        board_ends_at=item.meeting.ends_at if item else None,
        presented_at=presented_at,
        approved_at=approved.at if approved else None,
        questions_open=sum(answered is None for answered, _ in asked),
        questions_to_verify=sum(answered is not None and verified is None for answered, verified in asked),
        questions_verified=sum(verified is not None for _, verified in asked),
        groups_agreed=signed.count("agreed"),
        groups=len(signed),
        communication_agreed_at=notes.get(Stage.COMMUNICATE),
        paragraph_is_signed=change.paragraph_signed_at is not None,
        retested_at=retest.at if retest else None,
        window_starts_at=change.window.starts_at if change.window else None,
        window_is_over=bool(change.window and change.window.finished_at),
        reviewed_at=review.at if review else None,
    )


def _next_item(change: Change) -> AgendaItem | None:
    waiting = AgendaItem.objects.filter(change=change, decision=None).exclude(meeting__state="ended")
    return waiting.select_related("meeting").order_by("meeting__starts_at").first()


def _line(step: Step, change: Change, seen: Picture) -> Line:
    facts = {
        **vars(seen),
        "window": str(change.window or "no window yet"),
        "requester": str(change.requester),
    }
    missing = [
        Missing(
            words.format_map(facts),
            place.format(page=change.get_absolute_url(), book=f"{change.get_absolute_url()}playbook/"),
            act,
        )
        for words, place, act in (board_labels.MISSING[code] for code in step.missing)
    ]
    title, words = board_labels.STAGES[step.stage.value]
    return Line(step, title, words.format_map(facts), missing)


def _two_weeks_before(change: Change) -> datetime | None:
    if change.window is None:
        return None
    return clock.days_before(change.window.starts_at, 14, settings.PLATFORM_TIME_ZONE)
