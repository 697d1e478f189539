import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from changes.models import Change, PlanStep, RuleSet
from tests.factories.changes import AT, a_draft, a_sheet, a_submitted, an_approved, window
from tests.factories.directory import ClientFactory, ServiceFactory, SystemFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_change_is_in_a_state_of_its_life", {"state": "unknown"}),
        ("a_closed_change_has_a_close_code", {"state": "closed"}),
        ("trouble_after_a_change_is_on_record", {"close_code": "unsuccessful"}),
        ("a_scheduled_change_is_on_a_window", {"state": "scheduled"}),
        ("beyond_draft_means_submitted", {"submitted_at": None}),
        ("confidence_is_at_most_100", {"confidence": 101}),
        ("risk_is_likelihood_times_impact", {"risk_score": 25}),
        ("the_worst_case_is_no_better_than_the_plan", {"planned_down_seconds": 31}),
    ],
)
def test_the_database_holds_the_rule(constraint, fields):
    change = an_approved()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(**fields)


def test_a_step_at_worst_is_no_shorter_than_planned():
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanStep.objects.create(change=a_draft(), position=9, text="x", planned_seconds=5, worst_seconds=4)


def test_affected_clients_use_a_system_or_a_service_that_is_touched():
    by_system, by_service = ClientFactory(uses=[SystemFactory()]), ClientFactory()
    by_service.services.add(ServiceFactory())
    ClientFactory(uses=[SystemFactory(code="Biz")])
    assert list(a_draft().affected_clients()) == [by_system, by_service]


def test_only_what_is_scheduled_rides():
    on = window()
    a_submitted(a_sheet(window=on.pk))
    assert (Change.objects.riding_on(on).count(), Change.objects.asking_for(on).count()) == (0, 1)


def test_rules_that_cannot_judge_are_refused():
    with pytest.raises(ValidationError):
        RuleSet(version=2, rules={"levels": []}, made_at=AT).clean()
