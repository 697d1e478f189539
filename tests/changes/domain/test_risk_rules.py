"""Rules of risk are data: any that are taken are just, and what is unjust is named."""

import importlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.domain import risk
from changes.domain.risk import AFFECTED, Answers, Axis, Level, Part, Rule, Rules
from changes.domain.risk_rules import faults, rules_from, stored

SHIPPED = rules_from(importlib.import_module("changes.migrations.0003_risk_questions").RULES)
CODES = ["no", "perhaps", "yes"]
ASKED = {"shared": CODES}

rising = st.lists(st.integers(0, 5), min_size=1, max_size=4).map(sorted)
starts = st.lists(st.integers(0, 900), min_size=4, max_size=4, unique=True).map(sorted)
ladders = st.builds(lambda points, at: tuple(zip(at, points, strict=False)), rising, starts)
falling = ladders.map(
    lambda ladder: tuple(
        zip([0, *(at for at, _ in ladder[1:])], sorted((p for _, p in ladder), reverse=True), strict=False)
    )
)
choices = st.lists(st.integers(0, 5), min_size=3, max_size=3).map(
    lambda points: dict(zip(CODES, sorted(points), strict=True))
)
levels = st.lists(st.integers(2, 25), min_size=3, max_size=3, unique=True).map(
    lambda starts: tuple(zip([0, *sorted(starts)], Level, strict=True))
)
just_rules = st.builds(
    lambda sure, down, worst, nodes, shared, levels: Rules(
        (
            Rule(Axis.LIKELIHOOD, (Part("confidence", sure, lower_is_worse=True),)),
            Rule(Axis.IMPACT, (Part("planned_down", down), Part("worst_down", worst))),
            Rule(Axis.IMPACT, (Part("nodes", nodes),)),
            Rule(Axis.IMPACT, (Part("shared", choices=shared),)),
        ),
        levels,
    ),
    falling, ladders, ladders, ladders, choices, levels,
)  # fmt: skip
some_answers = st.builds(
    Answers,
    st.fixed_dictionaries(
        {name: st.integers(0, 1000) for name in ("confidence", "planned_down", "worst_down", "nodes")}
    ),
    st.fixed_dictionaries({"shared": st.sampled_from(CODES)}),
)


@given(just_rules)
def test_rules_are_stored_and_read_again_as_they_were(rules):
    assert (rules_from(stored(rules)), faults(rules, ASKED)) == (rules, [])


@given(just_rules, some_answers, some_answers)
def test_whatever_the_rules_what_is_worse_never_scores_less(rules, one, other):
    worse = Answers(
        {name: (min if name == "confidence" else max)(figure, other.figures[name])
         for name, figure in one.figures.items()},
        {"shared": max(one.choices["shared"], other.choices["shared"], key=CODES.index)},
    )  # fmt: skip
    assert risk.assess(worse, rules).score >= risk.assess(one, rules).score


def test_version_1_reads_as_the_rules_of_today_and_gives_the_same_score():
    again = rules_from(stored(SHIPPED))
    answers = Answers({"confidence": 60, "planned_down": 400, "worst_down": 950, AFFECTED: 250, "undo": 400},
                      {"vpn": "as_planned"})  # fmt: skip
    assert risk.assess(answers, again) == risk.assess(answers, SHIPPED)


def with_part(part: Part) -> Rules:
    return replace(SHIPPED, rules=(*SHIPPED.rules, Rule(Axis.IMPACT, (part,))))


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Part("nodes", ((1, 2), (5, 1))), "rules.less_for_worse"),
        (Part("spare", ((0, 0), (3, 2)), lower_is_worse=True), "rules.less_for_worse"),
        (Part("shared", choices={"no": 2, "perhaps": 1, "yes": 3}), "rules.less_for_worse"),
        (Part("nodes", ((5, 1), (5, 2))), "rules.steps_out_of_order"),
        (Part("nodes", ((1, 6),)), "rules.points_out_of_range"),
        (Part("nodes"), "rules.ladder_or_choices"),
        (Part("undo", ((1, 1),)), "rules.judged_twice"),
    ],
)
def test_what_is_unjust_or_cannot_be_is_named(part, code):
    assert [reason.code for reason in faults(with_part(part), ASKED)] == [code]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([(0, Level.LOW), (5, Level.HIGH)], "rules.levels_incomplete"),
        ([(0, "low"), (9, "moderate"), (9, "high"), (17, "critical")], "rules.levels_out_of_order"),
        ([(3, "low"), (5, "moderate"), (9, "high"), (17, "critical")], "rules.levels_out_of_order"),
        ([(0, "low"), (5, "moderate"), (9, "high"), (26, "critical")], "rules.levels_out_of_reach"),
    ],
)
def test_levels_begin_at_the_lowest_and_rise(steps, code):
    levels = tuple((start, Level(level)) for start, level in steps)
    assert [reason.code for reason in faults(replace(SHIPPED, levels=levels), {})] == [code]


def test_both_axes_are_judged():
    lame = replace(SHIPPED, rules=tuple(rule for rule in SHIPPED.rules if rule.axis is Axis.IMPACT))
    assert [(each.code, each.facts["axis"]) for each in faults(lame, {})] == [("rules.no_axis", "likelihood")]
