import pytest

from changes.actions import riding
from changes.contributor import ChangesContributor
from changes.domain.sheet import Step, Touch
from changes.models import Change, Meeting, ReTest
from tests.factories.changes import (
    ANSWERS,
    AT,
    a_draft,
    a_scheduled,
    a_sheet,
    a_submitted,
    an_approved,
    window,
)
from tests.factories.directory import ServiceFactory
from tests.factories.people import GroupFactory, PersonFactory

pytestmark = pytest.mark.django_db
CHANGES = ChangesContributor()


def test_a_change_without_downtime_steps_claims_its_answers():
    on = window()
    a_scheduled(on)
    assert [(claim.planned_seconds, claim.worst_seconds) for claim in CHANGES.claims(on)] == [(0, 30)]


def test_each_step_that_needs_downtime_is_a_claim():
    answers = {**ANSWERS, "planned_down": 90, "worst_down": {"text": "Two minutes", "seconds": 120}}
    steps = tuple(
        Step(text, "Undo", needs_downtime=down, planned_seconds=45, worst_seconds=60)
        for text, down in (("Cut", True), ("Look", False), ("Join", True))
    )
    on = window()
    an_approved(a_sheet(window=on.pk, answers=answers, steps=steps))
    assert [(claim.detail, claim.worst_seconds) for claim in CHANGES.claims(on)] == [
        ("Cut", 60),
        ("Join", 60),
    ]


def test_each_queue_of_what_rides_must_be_seen_to_drain_and_only_those():
    on, service = window(), ServiceFactory()
    drains = {service.pk: Touch("degraded", 30, queue="HL7 outbound, about 3 min")}
    change = an_approved(a_sheet(window=on.pk, services=drains))
    a_scheduled(on)
    a_submitted(a_sheet(window=on.pk, services=drains))
    riding.ride(change, on, by=change.requester, at=AT)
    assert CHANGES.checks(on) == [f"Drained: HL7 outbound, about 3 min ({service}, {change})"]


def test_what_is_not_approved_claims_nothing():
    on = window()
    a_submitted(a_sheet(window=on.pk))
    assert CHANGES.claims(on) == []


def test_a_window_is_not_ready_while_a_change_that_asks_for_it_is_undecided():
    on = window()
    change = a_submitted(a_sheet(window=on.pk))
    finding = CHANGES.findings(on, AT)[0]
    assert (finding.ok, finding.who, finding.url) == (False, "the board", change.get_absolute_url())


def test_a_draft_that_wishes_for_a_window_holds_nobody_up():
    on = window()
    a_draft(a_sheet(window=on.pk))
    assert [finding.ok for finding in CHANGES.findings(on, AT)][:1] == [True]


def test_a_window_whose_changes_are_aboard_is_ready_as_to_approval():
    on = window()
    a_scheduled(on)
    approved = [finding for finding in CHANGES.findings(on, AT) if finding.code == "changes.approved"]
    assert [finding.ok for finding in approved] == [True]


def test_a_short_notice_change_needs_a_re_test_and_every_groups_agreement():
    GroupFactory()
    on = window()
    change = a_scheduled(on)
    before = {finding.code: finding.ok for finding in CHANGES.findings(on, AT)}
    ReTest.objects.create(change=change, by=PersonFactory(), at=AT, passed=True, text="Again in the lab")
    change.sign_offs.update(state="agreed", by=PersonFactory())
    after = {finding.code: finding.ok for finding in CHANGES.findings(on, AT)}
    assert (before, set(after.values())) == (
        {"changes.approved": True, "changes.conditions": True, "changes.re_test": False,
         "changes.alignment": False},
        {True},
    )  # fmt: skip


def test_the_calendar_shows_the_boards_meetings():
    a_submitted()
    meeting = Meeting.objects.earliest("starts_at")
    entries = CHANGES.entries(meeting.starts_at, meeting.ends_at)
    assert [(entry.kind, entry.starts_at) for entry in entries] == [("meeting", meeting.starts_at)]


def test_steps_run_before_during_and_after_in_the_order_of_filing():
    on = window()
    first, second = a_scheduled(on), a_scheduled(on)
    assert [(step.source_label, step.phase) for step in CHANGES.steps(on)] == [
        (first.reference, "before"), (second.reference, "before"),
        (first.reference, "during"), (second.reference, "during"),
    ]  # fmt: skip


def test_a_window_touches_the_services_of_what_rides_on_it():
    on = window()
    a_scheduled(on)
    assert CHANGES.touched_services(on) == {ServiceFactory().pk}


def test_a_run_backed_out_is_told_by_its_outcome():
    on, person = window(), PersonFactory()
    change = a_scheduled(on)
    CHANGES.run_started(on, by=person, at=AT)
    CHANGES.run_finished(on, outcome="backed_out", by=person, at=AT)
    assert Change.objects.get(pk=change.pk).state == "backed_out"
