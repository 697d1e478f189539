"""Questions of every kind: asked on the form and over the API, judged, and told in words."""

import pytest
from django.urls import reverse

from changes.domain.risk_rules import rules_from, stored
from changes.models import Change, RiskQuestion, RuleSet
from tests.changes.views.test_filing import typed
from tests.factories.changes import AT
from tests.factories.directory import ServiceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


@pytest.fixture
def nodes():
    """How many nodes are touched: from four on it is worth two points."""
    RiskQuestion.objects.create(key="nodes", text="How many nodes?", type="number", position=20)
    rules = stored(rules_from(RuleSet.objects.get().rules))
    rules["rules"].append({"axis": "impact", "parts": [{"question": "nodes", "ladder": [[4, 2]]}]})
    return RuleSet.objects.create(version=2, rules=rules, made_at=AT, in_force_at=AT)


@pytest.fixture
def shared():
    return RiskQuestion.objects.create(key="shared", text="Who shares it?", type="services", position=21)


def test_a_number_is_judged_by_the_rules_that_an_administrator_made(client, nodes):
    client.post(reverse("changes:new"), typed(**{"q-nodes": "3"}))
    client.post(reverse("changes:new"), typed(**{"q-nodes": "4", "form_token": ""}))
    few, many = Change.objects.order_by("number")
    assert (many.impact - few.impact, many.rule_set) == (2, nodes)


def test_a_reason_without_words_of_its_own_is_told_as_question_and_answer(client, nodes):
    client.post(reverse("changes:new"), typed(**{"q-nodes": "4"}))
    page = client.get(Change.objects.get().get_absolute_url()).content.decode()
    assert "How many nodes? 4" in page
    assert "How many nodes? 3 or less" in page


def test_what_is_no_number_is_refused_beside_its_field(client, nodes):
    page = client.post(reverse("changes:new"), typed(**{"q-nodes": "many"}))
    assert ("q-nodes" in page.context["typed"].questions.errors, Change.objects.count()) == (True, 0)


def test_services_are_chosen_by_name_and_shown_by_name(client, shared):
    service = ServiceFactory(name="Order entry")
    form = client.get(reverse("changes:new")).content.decode()
    assert f'value="{service.slug}"' in form
    client.post(reverse("changes:new"), typed(**{"q-shared": [service.slug]}))
    change = Change.objects.get()
    assert change.answers.get(question=shared).value == [service.slug]
    assert (
        "<dt>Who shares it?</dt><dd>Order entry</dd>"
        in client.get(change.get_absolute_url()).content.decode()
    )


def test_rules_that_are_not_in_force_judge_nothing(client, nodes):
    RuleSet.objects.filter(pk=nodes.pk).update(in_force_at=None)
    client.post(reverse("changes:new"), typed(**{"q-nodes": "4"}))
    assert Change.objects.get().rule_set.version == 1


def test_a_score_keeps_its_rule_set_and_says_what_newer_rules_would_give(client, nodes):
    RuleSet.objects.filter(pk=nodes.pk).update(in_force_at=None)
    client.post(reverse("changes:new"), typed(**{"q-nodes": "4"}))
    RuleSet.objects.filter(pk=nodes.pk).update(in_force_at=AT)
    change = Change.objects.get()
    page = client.get(change.get_absolute_url()).content.decode()
    assert (change.rule_set.version, "Rule set 2 is in force now: by it this would be" in page) == (1, True)
