"""The administrator makes new rules of risk in the browser, and sees what they would have given."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from changeboard.history.models import Event
from changes.actions import rule_sets as verbs
from changes.domain.risk import Level
from changes.models import Change, RuleSet
from changes.queries import rule_sets
from tests.factories.changes import AT, a_sheet, a_submitted
from tests.factories.people import PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    person = PersonFactory(roles=["administrator"])
    client.force_login(person)
    return person


def page(version=2):
    return reverse("changes:rule_set", args=[version])


def as_shown(client, **otherwise):
    """What the browser sends of the form as it stands, with some of it typed otherwise."""
    form = client.get(page()).context["form"]
    sent = {
        bound.html_name: bound.value()
        for each in form.forms
        for bound in each
        if bound.value() not in (None, False)
    }
    return {**sent, **otherwise}


def test_only_an_administrator_opens_the_rules(client):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        opened += [role] if client.get(reverse("changes:rule_sets")).status_code == 200 else []
    assert opened == ["administrator"]


def test_a_new_version_is_typed_saved_and_put_in_force(client, admin):
    client.post(reverse("changes:begin_rule_set"))
    sent = as_shown(client, **{"r-worst_down-points": "0:10 = 2, 5:01 = 3", "levels-high": "9"})
    assert client.post(page(), sent).status_code == 302
    made = RuleSet.objects.get(version=2)
    assert ((10, 2), (301, 3)) in [part.ladder for rule in made.read.rules for part in rule.parts]
    client.post(reverse("changes:put_rule_set_in_force", args=[made.pk]))
    assert RuleSet.objects.in_force() == made


def test_saved_as_shown_nothing_has_changed(client, admin):
    made = verbs.begin(by=admin, at=AT)
    assert client.post(page(), as_shown(client)).status_code == 302
    assert RuleSet.objects.get(version=2).rules == made.rules
    assert not Event.objects.filter(act="rule_set.edited").exists()


def test_every_fault_stands_beside_its_line_and_what_was_typed_is_kept(client, admin):
    verbs.begin(by=admin, at=AT)
    typed = {"r-undo-points": "5:01 = 3, x = 4", "r-confidence-points": "", "levels-high": "3"}
    answer = client.post(page(), as_shown(client, **typed))
    faults = {name for form in answer.context["form"].forms for name in form.errors}
    lines = {form.prefix for form in answer.context["form"].forms if form.errors}
    assert (answer.status_code, faults, lines) == (
        400, {"points", "high"}, {"r-undo", "r-confidence", "levels"},
    )  # fmt: skip
    assert "5:01 = 3, x = 4" in answer.content.decode()


def test_less_for_worse_is_refused_beside_the_question(client, admin):
    verbs.begin(by=admin, at=AT)
    answer = client.post(page(), as_shown(client, **{"r-undo-points": "5:01 = 3, 9:00 = 1"}))
    assert "what is worse never gives fewer points" in answer.content.decode()
    assert RuleSet.objects.get(version=2).read == RuleSet.objects.in_force().read


def test_the_last_quarter_is_scored_by_the_new_rules_and_the_old_scores_stay(admin):
    change = a_submitted(a_sheet())
    made = verbs.begin(by=admin, at=AT)
    levels = tuple(zip((0, 1, 2, 3), Level, strict=True))
    made = verbs.write(made, replace(made.read, levels=levels), by=admin, at=AT)
    quarter = rule_sets.last_quarter(made, now=AT + timedelta(days=1))
    assert [(row.change, row.score) for row in quarter.rows] == [(change, change.risk_score)]
    assert (quarter.higher, Change.objects.get().risk_level) == (1, change.risk_level)


def test_what_was_submitted_before_the_quarter_is_left_out(admin):
    a_submitted(a_sheet())
    judge = RuleSet.objects.in_force()
    assert rule_sets.last_quarter(judge, now=AT + timedelta(days=91)).rows == []


def test_the_rules_in_force_give_what_they_gave(admin):
    a_submitted(a_sheet())
    quarter = rule_sets.last_quarter(RuleSet.objects.in_force(), now=AT + timedelta(days=1))
    assert (len(quarter.rows), quarter.differing) == (1, [])


@pytest.mark.parametrize("changes", [1, 4])
def test_a_quarter_costs_the_same_for_any_number_of_changes(changes, admin, django_assert_num_queries):
    for _ in range(changes):
        a_submitted(a_sheet())
    judge = RuleSet.objects.in_force()
    with django_assert_num_queries(8):
        assert len(rule_sets.last_quarter(judge, now=AT + timedelta(days=1)).rows) == changes


def test_the_page_of_a_version_that_is_none_is_not_found(client, admin):
    assert client.get(page(99)).status_code == 404
