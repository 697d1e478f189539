from datetime import date

import pytest

from changeboard.refusal import Refusal
from changes.actions import templates
from changes.models import Template
from tests.factories.changes import AT, a_draft, a_harmless_sheet, a_sheet, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def a_template(**fields):
    given = {"name": "Renew a certificate", "title": "Renew", "expires_on": date(2027, 6, 1)}
    approved = {"approved_by": PersonFactory(chair=True), "approved_at": AT}
    return Template.objects.create(**{**given, **approved, **fields})


def refused(sheet):
    with pytest.raises(Refusal) as refusal:
        a_submitted(sheet)
    return [reason.code for reason in refusal.value.reasons]


def test_a_standard_change_from_an_approved_template_skips_the_board():
    change = a_submitted(a_harmless_sheet(kind="standard", template=a_template().pk))
    assert (change.state, change.agenda_items.count()) == ("approved", 0)


@pytest.mark.parametrize(
    "fields",
    [{"approved_by": None, "approved_at": None}, {"expires_on": date(2026, 11, 1)}, {"suspended_at": AT}],
)
def test_a_template_that_is_not_usable_approves_nothing(fields):
    sheet = a_harmless_sheet(kind="standard", template=a_template(**fields).pk)
    assert refused(sheet) == ["change.template_not_usable"]


def test_what_may_disturb_the_platform_is_no_standard_change():
    sheet = a_sheet(kind="standard", template=a_template().pk)
    assert refused(sheet) == ["change.standard_disturbs", "change.standard_not_low_risk"]


def test_a_template_suspends_itself_once_and_stays_so():
    template, failed = a_template(), a_draft()
    templates.suspend(template, by=None, at=AT, because=failed)
    assert templates.suspend(template, by=None, at=AT, because=failed).suspended_at == AT
