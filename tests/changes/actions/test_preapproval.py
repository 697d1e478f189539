from dataclasses import replace
from datetime import date

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import filing, riding, wrapping_up
from changes.models import Change, Template
from tests.factories.changes import AT, a_draft, a_harmless_sheet, a_submitted, window
from tests.factories.templates import a_standard_sheet, a_template

pytestmark = pytest.mark.django_db


def left(change):
    event = Event.objects.about(change).get(act="change.left_template")
    return event.facts["bounds"]


def test_a_standard_change_within_its_bounds_skips_the_board():
    change = a_submitted(a_standard_sheet(a_template()))
    assert (change.state, change.kind, change.agenda_items.count()) == ("approved", "standard", 0)


def test_with_a_window_it_is_scheduled_at_once():
    on = window()
    change = a_submitted(a_standard_sheet(a_template(), on=on))
    assert (change.state, change.window) == ("scheduled", on)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"state": "proposed", "approved_by": None, "approved_at": None},
            "The template waits for the board’s approval.",
        ),
        ({"expires_on": date(2026, 11, 16)}, "The template’s approval expired, Mon 16 Nov 2026."),
        ({"state": "suspended", "suspended_at": AT}, "The template is suspended after a failure."),
        ({"state": "retired"}, "The template is retired."),
    ],
)
def test_a_template_that_is_not_valid_approves_nothing(fields, said):
    change = a_submitted(a_standard_sheet(a_template(**fields)))
    assert (change.state, change.kind, left(change)) == ("in_review", "normal", said)


def test_its_last_day_still_counts():
    change = a_submitted(a_standard_sheet(a_template(expires_on=date(2026, 11, 17))))
    assert change.state == "approved"


def test_out_of_bounds_it_goes_to_the_board_and_says_which_bound_it_broke():
    sheet = a_standard_sheet(a_template())
    change = a_submitted(replace(sheet, steps=sheet.steps[:1]))
    assert (change.state, change.agenda_items.count(), left(change)) == (
        "in_review", 1, "Plan: 1 in place of 2 approved steps.",
    )  # fmt: skip


def test_a_standard_change_without_a_template_is_refused():
    with pytest.raises(Refusal) as refused:
        a_submitted(a_harmless_sheet(kind="standard"))
    assert [reason.code for reason in refused.value.reasons] == ["template.none"]


def test_a_material_edit_takes_the_template_s_word_away():
    change = a_submitted(a_standard_sheet(a_template()))
    sheet = replace(a_standard_sheet(change.template), window=window().pk)
    edited = filing.edit(change, sheet, version=change.version, by=change.requester, at=AT)
    assert (edited.state, edited.kind) == ("in_review", "normal")


def a_run(template, *, backed_out):
    on = window()
    change = a_submitted(a_standard_sheet(template, on=on))
    riding.on_run_started(on, by=change.requester, at=AT)
    riding.on_run_finished(on, backed_out=backed_out, by=change.requester, at=AT)
    return Change.objects.get(pk=change.pk)


def test_backing_out_suspends_the_template_at_once():
    template = a_template()
    change = a_run(template, backed_out=True)
    template = Template.objects.get(pk=template.pk)
    assert (template.state, template.suspended_because) == ("suspended", change)


@pytest.mark.parametrize(
    ("went", "code", "state"),
    [("with_issues", "unsuccessful", "suspended"), ("as_planned", "successful", "approved")],
)
def test_only_a_failure_suspends_the_template(went, code, state):
    template = a_template()
    change = a_run(template, backed_out=False)
    told = {"actual_downtime_seconds": 0, "learned": "Words", "by": change.requester, "at": AT}
    wrapping_up.review(change, outcome=went, **told)
    wrapping_up.close(change, close_code=code, trouble_records=["INC-7"], by=change.requester, at=AT)
    assert Template.objects.get(pk=template.pk).state == state


def test_a_suspended_template_approves_nothing_more():
    template = a_template()
    a_run(template, backed_out=True)
    template.refresh_from_db()
    assert a_submitted(a_standard_sheet(template)).state == "in_review"


def test_a_draft_of_a_template_is_nothing_until_it_is_submitted():
    assert a_draft(a_standard_sheet(a_template())).state == "draft"
