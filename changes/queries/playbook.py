"""The playbook of one change: its picture from the rows, its ten steps from the domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from changeboard import clock
from changeboard.people.models import Person
from changes import board_labels
from changes.domain.playbook import Stage, Step, steps
from changes.models import Change, Meeting
from changes.queries.playbook_picture import Rows, picture, rows_of
from maintenance.contributions import Telling, contributors


@dataclass(frozen=True)
class Missing:
    """Something that a stage still lacks, in words, with the link that does it (none where another must)."""

    code: str
    words: str
    url: str
    act: str


@dataclass(frozen=True)
class Line:
    """One stage as the page draws it: who it waits for while it is not done, and who did it."""

    step: Step
    title: str
    words: str
    waits_for: str
    done_by: str
    missing: list[Missing]


@dataclass(frozen=True)
class Playbook:
    lines: list[Line]
    is_aligned: bool
    clients_told_at: datetime | None
    meeting: Meeting | None
    board_is_too_late: bool
    reminded_at: datetime | None
    may_remind: bool
    tellings: list[Telling]

    @property
    def done(self) -> int:
        return sum(line.step.is_done for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.step.is_late for line in self.lines)

    @property
    def current(self) -> Line | None:
        return next((line for line in self.lines if line.step.is_current), None)


def playbook(change: Change, *, person: Person, now: datetime) -> Playbook:
    """All that the page shows. Eleven queries whatever the change, and what the floors above ask for who is told."""
    rows = rows_of(change)
    seen, zone = picture(change, rows), settings.PLATFORM_TIME_ZONE
    facts = {**vars(seen), **_facts(change, rows)}
    names = _waits_for(change, rows)
    done_by = _done_by(change, rows)
    lines = [
        Line(
            step=step,
            title=board_labels.STAGES[step.stage.value][0],
            words=board_labels.STAGES[step.stage.value][1].format_map(facts),
            waits_for="" if step.is_done else names[step.stage],
            done_by=done_by.get(step.stage, "") if step.is_done else "",
            missing=[_missing(code, change, facts, person) for code in step.missing],
        )
        for step in steps(seen, zone, now=now)
    ]
    hinge = clock.days_before(seen.window_starts_at, 14, zone) if seen.window_starts_at else None
    return Playbook(
        lines=lines,
        is_aligned=seen.is_aligned,
        clients_told_at=hinge,
        meeting=rows.item.meeting if rows.item else None,
        board_is_too_late=bool(hinge and seen.board_at and seen.board_at > hinge),
        reminded_at=max((each.reminded_at for each in rows.unagreed if each.reminded_at), default=None),
        may_remind=bool(rows.unagreed) and person.has_perm("changes.remind_circle", change),
        tellings=[
            telling
            for each in contributors()
            if change.window
            for telling in each.tellings(change.window, now)
        ],
    )


def _facts(change: Change, rows: Rows) -> dict[str, str | int]:
    """What the words of the stages and of what is missing are filled with, beside the picture."""
    page = change.get_absolute_url()
    return {
        "window": str(change.window or "no window yet"),
        "requester": str(change.requester),
        "page": page,
        "book": f"{page}playbook/",
        "board": rows.item.meeting.get_absolute_url() if rows.item else "/board/",
        "waiting": ", ".join(str(each.group) for each in rows.unagreed) or "the wider circle",
        "people": rows.people,
        "opened": rows.opened,
        "unopened": rows.people - rows.opened,
        "re_tests": len(rows.re_tests),
        "outdated": rows.re_tests[0].outdated_why if rows.re_tests else "",
        "mute": ", ".join(str(each.group) for each in rows.mute),
    }


def _missing(code: str, change: Change, facts: Mapping[str, object], person: Person) -> Missing:
    words, place, act = board_labels.MISSING[code]
    permission = board_labels.NEEDS.get(code)
    may = permission is None or person.has_perm(permission, change)
    if code == "review" and change.state not in ("implemented", "backed_out", "closed"):
        may = False
    return Missing(code, words.format_map(facts), place.format_map(facts) if may else "", act)


def _waits_for(change: Change, rows: Rows) -> dict[Stage, str]:
    """Who each stage waits for: a name, or the groups that have not agreed."""
    requester, groups = str(change.requester), [str(each.group) for each in rows.unagreed]
    to_answer = any(each.is_open for each in rows.questions)
    to_verify = any(not each.is_open and not each.is_verified for each in rows.questions)
    answers = [requester] if to_answer else []
    words = "" if change.client_paragraph.strip() else "client services"
    signs = "marketing" if change.client_paragraph.strip() and not change.paragraph_signed_at else ""
    return {
        Stage.IDENTIFY: requester,
        Stage.DRAFT: requester,
        Stage.TELL: requester,
        Stage.PRESENT: "the board",
        Stage.ANSWER: ", ".join([*answers, *(["a board member"] if to_verify else [])]) or "the board",
        Stage.ALIGN: ", ".join([*groups, *([] if rows.approval else ["the board"])]) or "the answers",
        Stage.COMMUNICATE: words or signs or requester,
        Stage.RETEST: f"somebody other than {requester}",
        Stage.GO: "whoever leads the window" if change.window else requester,
        Stage.WRAP_UP: requester,
    }


def _done_by(change: Change, rows: Rows) -> dict[Stage, str]:
    """Who did each stage, by name."""
    verified = dict.fromkeys(str(each.verified_by) for each in rows.questions if each.verified_by)
    notes = {note.stage: str(note.by) for note in rows.notes if note.by}
    shown = rows.decisions[0] if rows.decisions else None
    done = {
        Stage.IDENTIFY: str(change.requester),
        Stage.DRAFT: str(change.requester),
        Stage.TELL: notes.get(Stage.TELL, ""),
        Stage.PRESENT: str(shown.by) if shown else "",
        Stage.ANSWER: ", ".join(verified),
        Stage.ALIGN: str(rows.approval.by) if rows.approval else "",
        Stage.COMMUNICATE: notes.get(Stage.COMMUNICATE, ""),
        Stage.RETEST: str(rows.re_tests[0].by) if rows.re_tests else "",
        Stage.WRAP_UP: str(rows.review.by) if rows.review else "",
    }
    return {stage: name for stage, name in done.items() if name}
