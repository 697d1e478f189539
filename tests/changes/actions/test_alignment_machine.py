"""Random people take random steps of the playbook of one change, on the real database.

It never says that all are aligned while a group has not agreed, a question is unverified or the board has
not approved, and its stages never stand in an order that lies.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from changeboard.refusal import Refusal
from changes.actions import agenda, alignment, board, filing, meetings, voting
from changes.domain.lifecycle import BEFORE_APPROVAL, State
from changes.domain.playbook import Stage
from changes.models import AgendaItem, Change, Choice, Outcome, Question, SignOff
from changes.queries import sheets
from changes.queries.playbook import playbook
from tests.factories.board import a_board
from tests.factories.changes import AT, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
PEOPLE = st.integers(0, 6)
# What the examples of this run came to see.
SEEN = set()


class Alignment(RuleBasedStateMachine):
    """Six members of six groups, the first their chair, and an engineer whose change it is, or not."""

    def __init__(self):
        super().__init__()
        self.scene = transaction.atomic()
        self.scene.__enter__()
        self.people = [*a_board(), PersonFactory()]
        self.now = AT

    def teardown(self):
        transaction.set_rollback(True)
        self.scene.__exit__(None, None, None)

    @initialize(requester=st.sampled_from([6, 6, 6, 3]), together=st.booleans())
    def file(self, requester, together):
        sheet = a_sheet(window=window().pk, client_paragraph="The network may blink.")
        self.change = a_submitted(sheet, by=self.people[requester])
        if together:
            self.bring_everybody_together()

    def do(self, verb, *args, **given):
        self.now += timedelta(seconds=1)
        try:
            with transaction.atomic():
                verb(*args, at=self.now, **given)
        except Refusal:
            SEEN.add("refused")
        self.change = Change.objects.get()

    @rule(who=PEOPLE, group=PEOPLE, says=st.sampled_from(["agree", "question", "ask", "object"]))
    def speak_for_a_group(self, who, group, says):
        sign_off = SignOff.objects.filter(group=self.people[group].group_id).first()
        if sign_off is None:
            return
        verb, given = {
            "agree": (alignment.agree, {}),
            "question": (alignment.agree, {"question": "And the tunnels?"}),
            "ask": (alignment.ask, {"text": "And the tunnels?"}),
            "object": (alignment.object_to, {"text": "Too soon"}),
        }[says]
        self.do(verb, sign_off, by=self.people[who], **given)

    @rule()
    def all_groups_agree(self):
        for person in self.people[:6]:
            self.do(alignment.agree, SignOff.objects.get(group=person.group), by=person)

    @rule(who=PEOPLE, verifies=st.booleans())
    def answer_or_verify(self, who, verifies):
        for question in Question.objects.filter(verified_at=None):
            if verifies:
                self.do(board.verify, question, by=self.people[who])
            else:
                self.do(board.answer, question, text="For 30 seconds", by=self.change.requester)

    @rule(outcome=st.sampled_from([Outcome.APPROVE, Outcome.APPROVE, Outcome.DEFER]))
    def decide(self, outcome):
        waiting = AgendaItem.objects.with_meeting().filter(change=self.change, closed_at=None)
        item = waiting.exclude(meeting__state="ended").last()
        if item is None:
            return
        if item.meeting.state == "planned":
            meetings.start(item.meeting, by=self.people[0], at=self.now)
        for person in self.people[:6]:
            self.do(voting.vote, item, choice=Choice.APPROVE, reason="", by=person)
        self.do(board.decide, item, outcome=outcome, sentence="So be it", by=self.people[0])

    @rule()
    def bring_everybody_together(self):
        self.answer_or_verify(who=6, verifies=False)
        self.answer_or_verify(who=1, verifies=True)
        self.all_groups_agree()
        self.decide(Outcome.APPROVE)

    @rule(material=st.booleans())
    def edit(self, material):
        sheet = sheets.sheet_of(self.change)
        longer = tuple(replace(step, planned_seconds=step.planned_seconds + 1) for step in sheet.steps)
        given = {"steps": longer} if material else {"why": sheet.why + "!"}
        version, by = self.change.version, self.change.requester
        self.do(filing.edit, self.change, replace(sheet, **given), version=version, by=by)

    @rule(who=PEOPLE, passed=st.booleans())
    def prepare(self, who, passed):
        by = self.people[who]
        self.do(alignment.re_test, self.change, passed=passed, text="Seen", by=by)
        self.do(alignment.record_stage, self.change, stage=Stage.COMMUNICATE, text="", by=by)
        self.do(alignment.remind, self.change, by=by)
        if self.change.state == State.DEFERRED:
            self.do(agenda.place, self.change, by=by)

    @invariant()
    def nobody_is_called_aligned_too_soon(self):
        book = playbook(self.change, person=self.change.requester, now=self.now)
        groups_agreed = not SignOff.objects.exclude(state="agreed").exists()
        answered = not Question.objects.filter(verified_at=None).exists()
        approved = self.change.state not in (*BEFORE_APPROVAL, State.REJECTED, State.WITHDRAWN)
        assert book.is_aligned == (groups_agreed and answered and approved)
        assert book.lines[5].step.is_done == book.is_aligned
        SEEN.add("aligned" if book.is_aligned else "not aligned")

    @invariant()
    def the_current_stage_is_the_first_that_is_not_done(self):
        shown = [line.step for line in playbook(self.change, person=self.people[1], now=self.now).lines]
        assert [step.number for step in shown if step.is_current] == [
            step.number for step in shown if not step.is_done
        ][:1]
        assert [step.by for step in shown if step.by] == sorted(step.by for step in shown if step.by)


def test_random_people_never_reach_all_aligned_too_soon():
    SEEN.clear()
    run_state_machine_as_test(
        Alignment,
        settings=settings(
            max_examples=16,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {"refused", "aligned", "not aligned"} <= SEEN
