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
    groups_agreed: int
    groups: int
    communication_agreed_at: datetime | None
    paragraph_is_signed: bool
    retested_at: datetime | None
    window_starts_at: datetime | None
    window_is_over: bool
    reviewed_at: datetime | None


@dataclass(frozen=True)
class Step:
    """One stage as the page shows it. `missing` holds codes of what is still to do."""

    number: int
    stage: Stage
    is_done: bool
    is_current: bool
    by: datetime | None
    done_at: datetime | None
    missing: tuple[str, ...]


def steps(picture: Picture, zone: str) -> list[Step]:
    """All ten stages in order. The current one is the first that is not done."""
    missing = {stage: tuple(_missing(stage, picture)) for stage in Stage}
    current = next((stage for stage in Stage if missing[stage]), None)
    return [
        Step(
            number,
            stage,
            not missing[stage],
            stage is current,
            _by(stage, picture, zone),
            _done_at(stage, picture) if not missing[stage] else None,
            missing[stage],
        )
        for number, stage in enumerate(Stage, 1)
    ]


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
            "board": seen.approved_at is None,
        },
        Stage.COMMUNICATE: {
            "communication": seen.communication_agreed_at is None,
            "paragraph": not seen.paragraph_is_signed,
        },
        Stage.RETEST: {"retest": seen.retested_at is None},
        Stage.GO: {"window": not seen.window_is_over},
        Stage.WRAP_UP: {"review": seen.reviewed_at is None},
    }
    return [code for code, is_lacking in lacks[stage].items() if is_lacking]


def _by(stage: Stage, seen: Picture, zone: str) -> datetime | None:
    """When the stage has to be done, or None where no window is asked for yet."""
    starts_at = seen.window_starts_at
    if starts_at is None:
        return None
    evening_before_notice = clock.days_before(starts_at, 15, zone, EVENING)
    board = seen.board_at or evening_before_notice
    by: dict[Stage, datetime | None] = {
        Stage.PRESENT: board,
        Stage.ANSWER: board,
        Stage.ALIGN: seen.board_ends_at or evening_before_notice,
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
        Stage.ALIGN: seen.approved_at,
        Stage.COMMUNICATE: seen.communication_agreed_at,
        Stage.RETEST: seen.retested_at,
        Stage.WRAP_UP: seen.reviewed_at,
    }
    return done.get(stage)
