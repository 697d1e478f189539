from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import filing, paragraph
from changes.domain.lifecycle import State
from changes.domain.sheet import Sheet, differences
from changes.models import Change
from changes.queries.sheets import sheet_of
from tests.factories.changes import AT, a_draft, a_scheduled, a_sheet, a_submitted, window
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def acts(change):
    return list(Event.objects.about(change).order_by("id").values_list("act", flat=True))


def test_a_filed_change_holds_all_that_was_typed():
    sheet = a_sheet(window=window().pk)
    assert differences(sheet, sheet_of(a_draft(sheet))) == {}


def test_the_storys_change_is_moderate_with_two_times_four():
    for _ in range(42):
        ClientFactory(uses=[SystemFactory()])
    change = a_draft()
    scored = (change.likelihood, change.impact, change.risk_score, change.risk_level)
    assert (*scored, change.rule_set.version) == (2, 4, 8, "moderate", 1)


def test_a_draft_may_be_empty():
    assert (a_draft(Sheet()).state, Change.objects.get().risk_score) == ("draft", None)


def test_references_count_up_and_are_never_reused():
    first = a_draft()
    first.watches.all().delete()
    number = first.number
    first.delete()
    assert a_draft().reference == f"CHG-{number + 1:04d}"


def test_two_submits_of_one_form_make_one_change():
    person, token = PersonFactory(), uuid4()
    first = filing.file_and_submit(a_sheet(), by=person, at=AT, form_token=token)
    second = filing.file_and_submit(a_sheet(), by=person, at=AT, form_token=token)
    assert (first.pk, Change.objects.count()) == (second.pk, 1)


def test_submitting_an_incomplete_draft_names_everything_and_changes_nothing():
    change = a_draft(Sheet(title="Only a title"))
    with pytest.raises(Refusal) as refused:
        filing.submit(change, by=change.requester, at=AT)
    change.refresh_from_db()
    assert ([r.code for r in refused.value.reasons].count("change.unanswered"), len(refused.value.reasons),
            change.state) == (9, 12, "draft")  # fmt: skip


def test_filing_and_submitting_is_one_act_or_none():
    with pytest.raises(Refusal):
        filing.file_and_submit(Sheet(title="Only a title"), by=PersonFactory(), at=AT)
    assert Change.objects.count() == 0


def test_a_short_notice_change_says_so_when_it_is_submitted():
    change = a_submitted(a_sheet(window=window().pk))
    started = Event.objects.about(change).filter(act="change.short_notice_started")
    assert [(event.by, event.facts) for event in started] == [(None, {"window": change.window.reference})]


def test_what_was_planned_in_time_stays_so_while_time_passes():
    on = window(AT + timedelta(days=200))
    change = a_submitted(a_sheet(window=on.pk))
    later = AT + timedelta(days=100)
    assert (change.is_short_notice(now=later), list(Change.objects.at_short_notice(now=later))) == (False, [])


def test_asking_later_for_an_earlier_window_is_short_notice():
    change = a_submitted(a_sheet(window=window(AT + timedelta(days=200)).pk))
    later, sooner = AT + timedelta(days=100), window(AT + timedelta(days=130))
    sheet = replace(sheet_of(change), window=sooner.pk)
    filing.edit(change, sheet, version=change.version, by=change.requester, at=later)
    assert list(Change.objects.at_short_notice(now=later)) == [change]


def test_submitting_twice_is_a_conflict():
    change = a_submitted()
    with pytest.raises(Refusal) as refused:
        filing.submit(change, by=change.requester, at=AT)
    assert (refused.value.conflict, "withdraw" in refused.value.legal) == (True, True)


def test_an_edit_is_in_the_history_field_by_field():
    change, sheet = a_draft(), a_sheet()
    after = replace(sheet, title="Connect them", answers={**sheet.answers, "vpn": "as_planned"})
    filing.edit(change, after, version=change.version, by=change.requester, at=AT)
    event = Event.objects.about(change).get(act="change.edited")
    assert event.facts["fields"] == {
        "title": ["Connect the two edge firewalls", "Connect them"],
        "answers.vpn": ["at_worst", "as_planned"],
    }


def test_an_edit_that_changes_nothing_writes_nothing():
    change = a_draft()
    filing.edit(change, sheet_of(change), version=change.version, by=change.requester, at=AT)
    assert acts(change) == ["change.filed"]


def test_a_stale_edit_is_refused_and_overwrites_nothing():
    change = a_draft()
    seen = change.version
    filing.edit(change, a_sheet(title="First"), version=seen, by=change.requester, at=AT)
    with pytest.raises(Refusal) as refused:
        filing.edit(change, a_sheet(title="Second"), version=seen, by=change.requester, at=AT)
    change.refresh_from_db()
    assert (change.title, refused.value.conflict, refused.value.reasons[0].code) == (
        "First", True, "change.edited_meanwhile",
    )  # fmt: skip


def test_a_submitted_change_must_stay_complete():
    change = a_submitted()
    with pytest.raises(Refusal):
        filing.edit(change, a_sheet(steps=()), version=change.version, by=change.requester, at=AT)


def test_a_material_edit_after_approval_goes_back_to_the_board_and_says_why():
    change = a_scheduled(window())
    sheet = sheet_of(change)
    edited = replace(sheet, answers={**sheet.answers, "vpn": "as_planned"})
    filing.edit(change, edited, version=change.version, by=change.requester, at=AT)
    change.refresh_from_db()
    sent_back = Event.objects.about(change).get(act="change.sent_back")
    assert (change.state, change.decided_at, sent_back.facts["fields"]) == (
        "in_review",
        None,
        ["answers.vpn"],
    )


def test_wording_may_be_edited_after_approval():
    change = a_scheduled(window())
    edited = replace(sheet_of(change), title="Connect the edge firewalls")
    filing.edit(change, edited, version=change.version, by=change.requester, at=AT)
    change.refresh_from_db()
    assert (change.state, change.title) == (State.SCHEDULED, "Connect the edge firewalls")


def test_a_worst_case_better_than_the_plan_is_refused_beside_its_field():
    answers = {"planned_down": 60, "worst_down": {"text": "x", "seconds": 30}}
    with pytest.raises(Refusal) as refused:
        a_draft(a_sheet(answers=answers))
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [
        ("change.worst_is_better_than_plan", "q-worst_down-seconds")
    ]


def test_a_window_that_has_begun_cannot_be_asked_for():
    with pytest.raises(Refusal) as refused:
        a_draft(a_sheet(window=window(AT).pk), at=AT + timedelta(hours=6))
    assert refused.value.reasons[0].code == "change.window_is_not_open"


def test_a_withdrawn_change_leaves_the_agenda():
    change = a_submitted()
    assert change.agenda_items.count() == 1
    filing.withdraw(change, by=change.requester, at=AT)
    assert change.agenda_items.count() == 0


def test_a_withdrawn_change_leaves_its_window():
    change = a_scheduled(window())
    filing.withdraw(change, by=change.requester, at=AT, reason="Not needed")
    change.refresh_from_db()
    assert (change.state, change.window) == ("withdrawn", None)


def test_a_new_wording_takes_marketings_sign_off_away():
    change = a_draft(a_sheet(client_paragraph="We connect two devices."))
    paragraph.sign(change, by=PersonFactory(), at=AT)
    change.refresh_from_db()
    edited = replace(sheet_of(change), client_paragraph="We connect two network devices.")
    filing.edit(change, edited, version=change.version, by=change.requester, at=AT)
    change.refresh_from_db()
    assert change.paragraph_signed_at is None


def test_a_scheduled_change_that_gives_up_its_window_goes_back_to_the_board():
    change = a_scheduled(window())
    sheet = replace(sheet_of(change), window=None)
    edited = filing.edit(change, sheet, version=change.version, by=change.requester, at=AT)
    assert (Change.objects.get().state, Change.objects.get().window, edited.agenda_items.count()) == (
        "in_review", None, 1,
    )  # fmt: skip
