"""A new version of the rules: begun as a copy, edited while it judges nothing, put in force once."""

from dataclasses import replace

import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import rule_sets
from changes.domain.risk import Level
from changes.models import RuleSet
from tests.factories.changes import AT, a_submitted
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return PersonFactory(roles=["administrator"])


def harsher(rule_set):
    """All that is above the lowest score is critical."""
    levels = tuple(zip((0, 2, 3, 4), Level, strict=True))
    return replace(rule_set.read, levels=levels)


def test_a_version_begins_as_the_one_in_force_and_two_who_begin_get_the_same(admin):
    first, second = (rule_sets.begin(by=admin, at=AT) for _ in range(2))
    assert (first, first.version, first.in_force_at) == (second, 2, None)
    assert first.read == RuleSet.objects.in_force().read


def test_what_is_saved_now_is_judged_by_what_is_in_force(admin):
    made = rule_sets.begin(by=admin, at=AT)
    rule_sets.write(made, harsher(made), by=admin, at=AT)
    before = a_submitted()
    rule_sets.put_in_force(made, by=admin, at=AT)
    assert (before.rule_set.version, a_submitted().rule_set.version) == (1, 2)


def test_rules_in_force_are_never_edited_or_dropped(admin):
    judge = RuleSet.objects.in_force()
    for act in (lambda: rule_sets.write(judge, harsher(judge), by=admin, at=AT),
                lambda: rule_sets.drop(judge, by=admin, at=AT)):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            act()
        assert ([reason.code for reason in refused.value.reasons], refused.value.conflict) == (
            ["rule_set.in_force"], True,
        )  # fmt: skip


def test_unjust_rules_are_refused_whole(admin):
    made = rule_sets.begin(by=admin, at=AT)
    unjust = replace(made.read, levels=tuple(reversed(made.read.levels)))
    with pytest.raises(Refusal):
        rule_sets.write(made, unjust, by=admin, at=AT)
    made.refresh_from_db()
    assert made.read == RuleSet.objects.in_force().read


def test_putting_in_force_twice_is_told_once(admin):
    made = rule_sets.begin(by=admin, at=AT)
    for _ in range(2):
        rule_sets.put_in_force(made, by=admin, at=AT)
    assert Event.objects.filter(act="rule_set.put_in_force").count() == 1


def test_what_was_edited_is_told_from_and_to(admin):
    made = rule_sets.begin(by=admin, at=AT)
    rule_sets.write(made, harsher(made), by=admin, at=AT)
    edited = Event.objects.get(act="rule_set.edited")
    assert edited.facts["changes"] == {
        "levels": ["0 low, 5 moderate, 10 high, 17 critical", "0 low, 2 moderate, 3 high, 4 critical"]
    }


def test_a_version_that_judged_nothing_is_thrown_away(admin):
    rule_sets.drop(rule_sets.begin(by=admin, at=AT), by=admin, at=AT)
    assert list(RuleSet.objects.values_list("version", flat=True)) == [1]
