"""Stored rules of risk, read and judged: what cannot be read or would be unjust is named, all at once.

Stored as JSON: `{"rules": [{"axis": "impact", "parts": [{"question": "undo", "ladder": [[301, 1], [901, 2]]}]},
…], "levels": [[0, "low"], …]}`. A part has a ladder or `"choices": {"no": 0, "yes": 2}`, and may say
`"lower_is_worse": true`. Version 1 was written with named ladders and is still read.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from changeboard.refusal import Reason
from changes.domain.risk import AFFECTED, HIGHEST, OTHER_CHOICES, Axis, Ladder, Level, Part, Rule, Rules

HIGHEST_SCORE = HIGHEST * HIGHEST


def rules_from(stored: Mapping[str, Any]) -> Rules:
    """The rules of a stored rule set. Raises ValueError, KeyError or TypeError when it is none."""
    levels = tuple((int(start), Level(level)) for start, level in stored["levels"])
    rules = _first_version(stored) if "rules" not in stored else tuple(_rule(row) for row in stored["rules"])
    return Rules(rules, levels)


def stored(rules: Rules) -> dict[str, Any]:
    """The rules as they are stored: what `rules_from` reads again."""
    return {
        "rules": [
            {"axis": rule.axis.value, "parts": [_stored(part) for part in rule.parts]} for rule in rules.rules
        ],
        "levels": [[start, level.value] for start, level in rules.levels],
    }


def _stored(part: Part) -> dict[str, Any]:
    by = {"ladder": [list(step) for step in part.ladder]} if part.ladder else {"choices": dict(part.choices)}
    worse = {"lower_is_worse": True} if part.lower_is_worse else {}
    return {"question": part.question, **by, **worse}


def in_lines(rules: Rules) -> dict[str, str]:
    """Each question's part of the rules on one line, and the levels, for history."""
    said = {part.question: f"{rule.axis.value}: {_line(part)}" for rule in rules.rules for part in rule.parts}
    return {**said, "levels": ", ".join(f"{start} {level.value}" for start, level in rules.levels)}


def _line(part: Part) -> str:
    pairs = [*part.ladder, *part.choices.items()]
    return ", ".join(f"{at} = {points}" for at, points in pairs) + (
        ", less is worse" if part.lower_is_worse else ""
    )


def faults(
    rules: Rules, choices: Mapping[str, Sequence[str]], out_of_use: Collection[str] = ()
) -> list[Reason]:
    """What is unjust about these rules, each by the part it belongs to ("rules.2", "levels"); none is right.

    `choices` are the codes of each choice question, the least harm first; `out_of_use` the questions that
    nobody is asked: no rule waits for an answer to them.
    """
    found = [
        Reason(code, {"question": part.question}, f"rules.{place}")
        for place, rule in enumerate(rules.rules)
        for part in rule.parts
        for code in _part_faults(part, choices.get(part.question, ()))
    ]
    axes = {rule.axis for rule in rules.rules}
    found += [Reason("rules.no_axis", {"axis": axis.value}, "rules") for axis in Axis if axis not in axes]
    asked = [part.question for rule in rules.rules for part in rule.parts]
    found += [Reason("rules.not_asked", {"question": key}, "rules") for key in asked if key in out_of_use]
    twice = sorted({question for question in asked if asked.count(question) > 1})
    found += [Reason("rules.judged_twice", {"question": question}, "rules") for question in twice]
    return found + [Reason(code, {}, "levels") for code in _level_faults(rules.levels)]


def _part_faults(part: Part, codes: Sequence[str]) -> list[str]:
    points = [step[1] for step in part.ladder] or [part.choices.get(code, 0) for code in codes]
    points = points or list(part.choices.values())
    starts = [step[0] for step in part.ladder]
    found = []
    if bool(part.ladder) == bool(part.choices):
        found.append("rules.ladder_or_choices")
    if any(not 0 <= each <= HIGHEST for each in points):
        found.append("rules.points_out_of_range")
    if any(start < 0 for start in starts) or any(later <= earlier for earlier, later in pairwise(starts)):
        found.append("rules.steps_out_of_order")
    if not _is_just(points, part.lower_is_worse, bool(starts) and starts[0] > 0):
        found.append("rules.less_for_worse")
    return found


def _is_just(points: Sequence[int], lower_is_worse: bool, from_nothing: bool) -> bool:
    """Never fewer points for what is worse. Below the first step there are none."""
    whole = [0, *points] if from_nothing else list(points)
    if lower_is_worse:
        whole.reverse()
    return all(earlier <= later for earlier, later in pairwise(whole))


def _level_faults(levels: Sequence[tuple[int, Level]]) -> list[str]:
    starts, names = [start for start, _ in levels], [level for _, level in levels]
    found = []
    if names != list(Level):
        found.append("rules.levels_incomplete")
    if not starts or starts[0] > 1 or any(later <= earlier for earlier, later in pairwise(starts)):
        found.append("rules.levels_out_of_order")
    if any(start > HIGHEST_SCORE for start in starts):
        found.append("rules.levels_out_of_reach")
    return found


def _rule(row: Mapping[str, Any]) -> Rule:
    parts = tuple(_part(part) for part in row["parts"])
    if not parts:
        raise ValueError("a rule judges something")
    return Rule(Axis(row["axis"]), parts)


def _part(row: Mapping[str, Any]) -> Part:
    return Part(
        question=str(row["question"]),
        ladder=_ladder(row.get("ladder", ())),
        choices={str(code): int(points) for code, points in dict(row.get("choices", {})).items()},
        lower_is_worse=bool(row.get("lower_is_worse", False)),
    )


def _ladder(rows: Sequence[Sequence[Any]]) -> Ladder:
    return tuple((int(start), int(points)) for start, points in rows)


def _first_version(stored: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Version 1 named its ladders after what they judge."""
    ladder = {name: _ladder(rows) for name, rows in stored.items() if name.endswith(("seconds", "clients"))}
    touch = {str(code): int(points) for code, points in dict(stored["impact_by_touch"]).items()}
    likelihood = Part("confidence", _ladder(stored["likelihood_by_confidence"]), lower_is_worse=True)
    down = (
        Part("planned_down", ladder["impact_by_planned_seconds"]),
        Part("worst_down", ladder["impact_by_worst_seconds"]),
    )
    return (
        Rule(Axis.LIKELIHOOD, (likelihood,)),
        Rule(Axis.IMPACT, down),
        Rule(Axis.IMPACT, (Part(OTHER_CHOICES, choices=touch),)),
        Rule(Axis.IMPACT, (Part(AFFECTED, ladder["impact_by_clients"]),)),
        Rule(Axis.IMPACT, (Part("undo", ladder["impact_by_undo_seconds"]),)),
    )
