"""What is known of a short-notice change: the rows behind its playbook, and the picture they make."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changes.domain.lifecycle import BEFORE_APPROVAL, State
from changes.domain.playbook import Picture, Stage
from changes.models import (
    AgendaItem,
    Change,
    Decision,
    NewsMark,
    Question,
    ReTest,
    Review,
    SignOff,
    StageNote,
)

AGREED = SignOff.State.AGREED
NOT_APPROVED = (*BEFORE_APPROVAL, State.REJECTED, State.WITHDRAWN)


@dataclass(frozen=True)
class Rows:
    """The rows, in the order in which they came; re-tests newest first."""

    notes: list[StageNote]
    questions: list[Question]
    sign_offs: list[SignOff]
    decisions: list[Decision]
    re_tests: list[ReTest]
    review: Review | None
    shown: list[AgendaItem]
    steps: int
    people: int
    opened: int
    is_approved: bool
    mute: list[SignOff]

    @property
    def unagreed(self) -> list[SignOff]:
        return [each for each in self.sign_offs if each.state != AGREED]

    @property
    def item(self) -> AgendaItem | None:
        """Where the change waits for the board."""
        waiting = [each for each in self.shown if each.closed_at is None and each.meeting.state != "ended"]
        return min(waiting, key=lambda each: each.meeting.starts_at, default=None)

    @property
    def approval(self) -> Decision | None:
        """The decision that the change lives by; None where a later edit took it away."""
        found = [each for each in self.decisions if each.outcome.startswith("approve")]
        return found[-1] if found and self.is_approved else None


def rows_of(change: Change) -> Rows:
    """Everything that the playbook is made of. Eleven queries. `mute`: nobody may agree for these groups."""
    sign_offs = list(SignOff.objects.filter(change=change).select_related("group", "by"))
    told = Person.objects.active().filter(group__in=[each.group_id for each in sign_offs])
    speak = set(told.exclude(pk=change.requester_id).values_list("group", flat=True))
    return Rows(
        notes=list(StageNote.objects.filter(change=change).select_related("by")),
        questions=list(change.questions.filter(kind=Question.Kind.TOUGH).select_related("verified_by")),
        sign_offs=sign_offs,
        decisions=list(change.decisions.order_by("at").select_related("by")),
        re_tests=list(change.re_tests.select_related("by")),
        review=Review.objects.filter(change=change).select_related("by").first(),
        shown=list(change.agenda_items.select_related("meeting").order_by("meeting__starts_at")),
        steps=change.steps.count(),
        people=told.count(),
        opened=NewsMark.objects.filter(change=change, person__in=told, read_up_to__gt=0).count(),
        is_approved=change.state not in NOT_APPROVED,
        mute=[each for each in sign_offs if each.state != AGREED and each.group_id not in speak],
    )


def picture(change: Change, rows: Rows) -> Picture:
    """What is known of the change, for the pure rules. The newest re-test counts. No query."""
    notes = {note.stage: note.at for note in rows.notes}
    opened = min((each.opened_at for each in rows.shown if each.opened_at), default=None)
    presented_at = opened or (rows.decisions[0].at if rows.decisions else None)
    newest, window = rows.re_tests[0] if rows.re_tests else None, change.window
    return Picture(
        filed_at=change.created_at,
        submitted_at=change.submitted_at,
        steps=rows.steps,
        told_at=notes.get(Stage.TELL),
        board_at=rows.item.meeting.starts_at if rows.item else None,
        board_ends_at=rows.item.meeting.ends_at if rows.item else None,
        presented_at=presented_at,
        approved_at=(rows.approval.at if rows.approval else change.decided_at) if rows.is_approved else None,
        questions_open=sum(each.is_open for each in rows.questions),
        questions_to_verify=sum(not each.is_open and not each.is_verified for each in rows.questions),
        questions_verified=sum(each.is_verified for each in rows.questions),
        verified_at=max((each.verified_at for each in rows.questions if each.verified_at), default=None),
        groups_agreed=len(rows.sign_offs) - len(rows.unagreed),
        groups=len(rows.sign_offs),
        agreed_at=max((each.at for each in rows.sign_offs if each.at), default=None),
        communication_agreed_at=notes.get(Stage.COMMUNICATE),
        paragraph_is_worded=bool(change.client_paragraph.strip()),
        paragraph_signed_at=change.paragraph_signed_at,
        retested_at=newest.at if newest and newest.passed and not newest.outdated_why else None,
        is_outdated=bool(newest and newest.outdated_why),
        groups_mute=len(rows.mute),
        window_starts_at=window.starts_at if window else None,
        finished_at=window.finished_at if window else None,
        reviewed_at=rows.review.at if rows.review else None,
    )
