"""Rule sets: a new version is begun as a copy, edited as long as it judges nothing, then put in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal, conflict
from changes.domain import risk_rules
from changes.domain.risk import Rules
from changes.models import RiskQuestion, RuleSet


@transaction.atomic
def begin(*, by: Person, at: datetime) -> RuleSet:
    """A new version that begins as the one in force. While one is being made, that one is given."""
    # Two who begin at once wait for each other here.
    judge = RuleSet.objects.select_for_update().filter(in_force_at__isnull=False).order_by("-version")[0]
    begun = RuleSet.objects.filter(in_force_at=None).first()
    if begun is not None:
        return begun
    version = RuleSet.objects.aggregate(Max("version"))["version__max"] + 1
    made = RuleSet.objects.create(
        version=version, rules=risk_rules.stored(judge.read), made_at=at, made_by=by
    )
    record("rule_set.begun", made, by=by, at=at, source=str(judge))
    return made


@transaction.atomic
def write(rule_set: RuleSet, rules: Rules, *, by: Person, at: datetime) -> RuleSet:
    """Save the rules of a version that is not in force; refused with all that is unjust about them."""
    rule_set = _not_in_force(rule_set)
    before, rule_set.rules = rule_set.rules, risk_rules.stored(rules)
    if unjust := rule_set.faults():
        raise Refusal(unjust)
    # The order of the lines says nothing.
    if edited := _edited(before, rule_set.rules):
        rule_set.save(update_fields=["rules"])
        record("rule_set.edited", rule_set, by=by, at=at, changes=edited)
    return rule_set


@transaction.atomic
def put_in_force(rule_set: RuleSet, *, by: Person, at: datetime) -> RuleSet:
    """From now on it judges what is saved; scores that were given stay. A second time changes nothing."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if rule_set.in_force_at is not None:
        return rule_set
    if unjust := rule_set.faults():
        raise Refusal(unjust)
    rule_set.in_force_at = at
    rule_set.save(update_fields=["in_force_at"])
    record("rule_set.put_in_force", rule_set, by=by, at=at)
    return rule_set


@transaction.atomic
def drop(rule_set: RuleSet, *, by: Person, at: datetime) -> None:
    """Throw away a version that never judged anything."""
    rule_set = _not_in_force(rule_set)
    record("rule_set.dropped", rule_set, by=by, at=at)
    rule_set.delete()


def _not_in_force(rule_set: RuleSet) -> RuleSet:
    held = RuleSet.objects.select_for_update().filter(pk=rule_set.pk).first()
    if held is None:
        raise conflict("rule_set.gone")
    if held.in_force_at is not None:
        raise conflict("rule_set.in_force")
    return held


def _edited(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """From and to, a line for each question and for the levels: only what differs."""
    texts = dict(RiskQuestion.objects.values_list("key", "text"))
    was, now = (risk_rules.in_lines(risk_rules.rules_from(each)) for each in (before, after))
    keys = [*was, *(key for key in now if key not in was)]
    return {
        texts.get(key, key): [was.get(key, ""), now.get(key, "")]
        for key in keys
        if was.get(key) != now.get(key)
    }
