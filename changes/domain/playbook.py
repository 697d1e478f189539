"""The short-notice playbook: ten stages, each with who, by when, and what is still missing. Pure.

*By* instants are counted back from the window (PRODUCT.md section 1, design/short-notice): the two-week
notice is the hinge, whatever must stand in it has to be agreed the evening before.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from changeboard import clock

EVENING = time(17)
NOON = time(12)


class Stage(StrEnum):
    IDENTIFY = "identify"
    DRAFT = "draft"
    TELL = "tell"
    PRESENT = "present"
    ANSWER = "answer"
    ALIGN = "align"
    COMMUNICATE = "communicate"
    RETEST = "retest"
    GO = "go"
    WRAP_UP = "wrap_up"


@dataclass(frozen=True)
class Picture:
    """What is known of a short-notice change; instants in UTC, None while something has not happened."""

    filed_at: datetime
    submitted_at: datetime | None
    steps: int
    told_at: datetime | None
    board_at: datetime | None
    board_ends_at: datetime | None
    presented_at: datetime | None
    approved_at: datetime | None
    questions_open: int
    questions_to_verify: int
    questions_verified: int
    verified_at: datetime | None
    groups_agreed: int
    groups: int
    agreed_at: datetime | None
    communication_agreed_at: datetime | None
    paragraph_is_worded: bool
    paragraph_signed_at: datetime | None
    retested_at: datetime | None
    window_starts_at: datetime | None
    finished_at: datetime | None
    reviewed_at: datetime | None
    # A re-test was made before a material edit; groups in which nobody but the requester could agree.
    is_outdated: bool = False
    groups_mute: int = 0

    @property
    def is_aligned(self) -> bool:
        """The board approved, every group agreed, and no question is open or unverified."""
        return not _missing(Stage.ALIGN, self)


@dataclass(frozen=True)
class Step:
    """One stage as the page shows it. `missing` holds codes of what is still to do, `since` when the current
    stage became the current one; a late one is not done and its time has passed."""

    number: int
    stage: Stage
    is_done: bool
    is_current: bool
    is_late: bool
    since: datetime | None
    by: datetime | None
    done_at: datetime | None
    missing: tuple[str, ...]


def steps(picture: Picture, zone: str, *, now: datetime) -> list[Step]:
    """All ten stages in order. The current one is the first that is not done."""
    missing = {stage: tuple(_missing(stage, picture)) for stage in Stage}
    current = next((stage for stage in Stage if missing[stage]), None)
    found: list[Step] = []
    for number, stage in enumerate(Stage, 1):
        by, is_done = _by(stage, picture, zone), not missing[stage]
        since = max((step.done_at for step in found if step.done_at), default=None)
        found.append(
            Step(
                number=number,
                stage=stage,
                is_done=is_done,
                is_current=stage is current,
                is_late=not is_done and by is not None and by < now,
                since=since if stage is current else None,
                by=by,
                done_at=_done_at(stage, picture) if is_done else None,
                missing=missing[stage],
            )
        )
    return found


def _missing(stage: Stage, seen: Picture) -> list[str]:
    lacks: dict[Stage, dict[str, bool]] = {
        Stage.IDENTIFY: {},
        Stage.DRAFT: {"submit": seen.submitted_at is None, "steps": seen.steps == 0},
        Stage.TELL: {"tell_circle": seen.told_at is None},
        Stage.PRESENT: {"present": seen.presented_at is None},
        Stage.ANSWER: {
            "questions_open": seen.questions_open > 0,
            "questions_to_verify": seen.questions_to_verify > 0,
            "no_presentation": seen.presented_at is None,
        },
        Stage.ALIGN: {
            "groups": seen.groups == 0 or seen.groups_agreed < seen.groups,
            "mute": seen.groups_mute > 0,
            "unanswered": seen.questions_open + seen.questions_to_verify > 0,
            "board": seen.approved_at is None,
        },
        Stage.COMMUNICATE: {
            "no_paragraph": not seen.paragraph_is_worded,
            "paragraph": seen.paragraph_is_worded and seen.paragraph_signed_at is None,
            "communication": seen.communication_agreed_at is None,
        },
        Stage.RETEST: {
            "retest": seen.retested_at is None and not seen.is_outdated,
            "retest_again": seen.is_outdated,
        },
        Stage.GO: {
            "no_window": seen.window_starts_at is None,
            "window": seen.window_starts_at is not None and seen.finished_at is None,
        },
        Stage.WRAP_UP: {"review": seen.reviewed_at is None},
    }
    return [code for code, is_lacking in lacks[stage].items() if is_lacking]


def _by(stage: Stage, seen: Picture, zone: str) -> datetime | None:
    """When the stage has to be done, or None where no window is asked for yet. No stage is due before an
    earlier one: a board that meets after the two-week notice would meet too late."""
    starts_at = seen.window_starts_at
    if starts_at is None:
        return None
    evening_before_notice = clock.days_before(starts_at, 15, zone, EVENING)
    board = min(seen.board_at or evening_before_notice, evening_before_notice)
    before_board = clock.days_before(board, 1, zone, EVENING)
    by: dict[Stage, datetime | None] = {
        Stage.DRAFT: before_board,
        Stage.TELL: before_board,
        Stage.PRESENT: board,
        Stage.ANSWER: board,
        Stage.ALIGN: max(board, min(seen.board_ends_at or board, evening_before_notice)),
        Stage.COMMUNICATE: evening_before_notice,
        Stage.RETEST: clock.days_before(starts_at, 1, zone, NOON),
        Stage.GO: starts_at,
        Stage.WRAP_UP: clock.days_before(starts_at + timedelta(days=3), 0, zone, EVENING),
    }
    return by.get(stage)


def _done_at(stage: Stage, seen: Picture) -> datetime | None:
    done: dict[Stage, datetime | None] = {
        Stage.IDENTIFY: seen.filed_at,
        Stage.DRAFT: seen.submitted_at,
        Stage.TELL: seen.told_at,
        Stage.PRESENT: seen.presented_at,
        Stage.ANSWER: _last(seen.presented_at, seen.verified_at),
        Stage.ALIGN: _last(seen.approved_at, seen.agreed_at, seen.verified_at),
        Stage.COMMUNICATE: _last(seen.communication_agreed_at, seen.paragraph_signed_at),
        Stage.RETEST: seen.retested_at,
        Stage.GO: seen.finished_at,
        Stage.WRAP_UP: seen.reviewed_at,
    }
    return done.get(stage)


def _last(*instants: datetime | None) -> datetime | None:
    return max((instant for instant in instants if instant is not None), default=None)
