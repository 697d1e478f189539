"""Closing a change that was carried out: its review, its code, and the records of trouble."""

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import riding, wrapping_up
from changes.models import Change
from maintenance.models import Window
from tests.factories.changes import AT, a_harmless_sheet, a_scheduled, an_approved, window

pytestmark = pytest.mark.django_db


def carried_out(*, down=0, backed_out=False):
    on = window()
    change = a_scheduled(on)
    riding.on_run_started(on, by=change.requester, at=AT)
    riding.on_run_finished(on, backed_out=backed_out, by=change.requester, at=AT)
    Window.objects.filter(pk=on.pk).update(actual_downtime_seconds=down)
    return Change.objects.get(pk=change.pk)


def reviewed(change, outcome="as_planned"):
    return wrapping_up.review(
        change, outcome=outcome, actual_downtime_seconds=48, learned="Words", by=change.requester, at=AT
    )


def close(change, code="successful", records=()):
    return wrapping_up.close(change, close_code=code, trouble_records=records, by=change.requester, at=AT)


def refused(verb, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return [reason.code for reason in refusal.value.reasons]


def test_what_disturbed_nobody_is_closed_at_once():
    assert close(carried_out()).state == "closed"


def test_a_change_that_was_down_is_closed_after_its_review():
    change = carried_out(down=48)
    assert refused(close, change) == ["close.no_review_down"]
    reviewed(change)
    assert close(change).state == "closed"


def test_a_harmless_change_does_not_answer_for_its_neighbours_downtime():
    change = carried_out(down=48)
    calm = an_approved(a_harmless_sheet())
    Change.objects.filter(pk=calm.pk).update(state="implemented", window=change.window)
    assert close(Change.objects.get(pk=calm.pk)).state == "closed"


def test_downtime_that_nobody_expected_is_reviewed_even_if_all_were_harmless():
    change = carried_out(down=48)
    Change.objects.filter(pk=change.pk).update(worst_down_seconds=0)
    assert refused(close, Change.objects.get(pk=change.pk)) == ["close.no_review_down"]


def test_what_was_backed_out_is_reviewed_and_closed_as_that():
    change = carried_out(backed_out=True)
    assert refused(reviewed, change) == ["review.was_backed_out"]
    reviewed(change, "backed_out")
    assert refused(close, change, "successful") == ["close.was_backed_out"]
    assert close(change, "backed_out").close_code == "backed_out"


def test_a_review_of_a_closed_change_may_be_corrected_but_not_turned_round():
    change = carried_out()
    close(change)
    assert reviewed(change).learned == "Words"
    assert refused(reviewed, change, "with_issues") == ["review.disagrees"]


def test_trouble_that_shows_after_closing_is_linked_once():
    change = close(carried_out())
    for records in (["INC-7"], ["INC-7", "https://desk.example/8"]):
        wrapping_up.link_trouble(change, trouble_records=records, by=change.requester, at=AT)
    linked = Event.objects.about(change).filter(act="change.trouble_linked")
    assert Change.objects.get(pk=change.pk).trouble_records == ["INC-7", "https://desk.example/8"]
    assert [event.facts["records"] for event in linked] == [["https://desk.example/8"], ["INC-7"]]


def test_trouble_is_linked_to_nothing_that_has_not_been_carried_out():
    change = a_scheduled(window())
    told = {"trouble_records": ["INC-7"], "by": change.requester, "at": AT}
    assert refused(wrapping_up.link_trouble, change, **told) == ["trouble.too_early"]


def test_the_last_record_stays_where_the_code_rests_on_it():
    change = carried_out()
    reviewed(change, "with_issues")
    close(change, "unsuccessful", ["INC-7", "INC-8"])
    told = {"by": change.requester, "at": AT}
    wrapping_up.unlink_trouble(change, trouble_record="INC-8", **told)
    assert refused(wrapping_up.unlink_trouble, change, trouble_record="INC-7", **told) == ["trouble.last_one"]
    assert Change.objects.get(pk=change.pk).trouble_records == ["INC-7"]
