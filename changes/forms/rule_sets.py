"""The rules of risk as a form: a line a question, "from this on = points", and where each level begins."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from changeboard import words
from changeboard.refusal import Refusal
from changes import rule_set_labels
from changes.domain.risk import AFFECTED, OTHER_CHOICES, Axis, Level, Part, Rule, Rules
from changes.models import AnswerType, RiskQuestion
from maintenance.forms.lengths import seconds, typed

LENGTHS = (AnswerType.SECONDS, AnswerType.TEXT_AND_SECONDS)
AXES = [("", "Not judged"), (Axis.LIKELIHOOD.value, "Likelihood"), (Axis.IMPACT.value, "Impact")]
# Judged on one line: of the two downtimes the one that gives more counts.
TOGETHER = ("planned_down", "worst_down")


@dataclass(frozen=True)
class Judged:
    """What a line is about."""

    key: str
    text: str
    type: str
    codes: tuple[str, ...] = ()
    pk: int | None = None
    in_use: bool = True


def judged() -> list[Judged]:
    """Every question that has a figure or a choice, then what is judged beside them. One query."""
    rows = RiskQuestion.objects.exclude(type=AnswerType.TEXT)
    found = [Judged(row.key, row.text, row.type, tuple(row.asking.codes), row.pk, row.active) for row in rows]
    others = Judged(OTHER_CHOICES, rule_set_labels.OTHER_CHOICES, AnswerType.CHOICE)
    return [*found, others, Judged(AFFECTED, rule_set_labels.AFFECTED_CLIENTS, AnswerType.NUMBER)]


class LineForm(forms.Form):
    axis = forms.ChoiceField(label="Judged for", choices=AXES, required=False)
    points = forms.CharField(label="Points", required=False, max_length=300)
    less = forms.BooleanField(label="Less is worse", required=False)

    def __init__(self, data: QueryDict | None, *, about: Judged, **given: Any) -> None:
        super().__init__(data, prefix=f"r-{about.key}", **given)
        self.about = about
        for field in self.fields.values():
            field.label = f"{about.text} {field.label}"

    @property
    def is_choice(self) -> bool:
        return self.about.type == AnswerType.CHOICE

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("axis") and not given.get("points") and "points" not in self.errors:
            self.add_error("points", "Say from which answer on there are how many points.")
        return given

    def clean_points(self) -> list[tuple[Any, int]]:
        """ "5:01 = 1, 15:01 = 2" as pairs, in the order they were typed."""
        pieces = [piece.strip() for piece in self.cleaned_data["points"].split(",") if piece.strip()]
        return [self._pair(piece) for piece in pieces]

    def _pair(self, piece: str) -> tuple[Any, int]:
        left, _, right = piece.rpartition("=")
        if not right.strip().isdecimal() or not left.strip():
            raise ValidationError(f"“{piece}” says no points. Write “{self._example()}”.")
        return self._answer(left.strip()), int(right)

    def _answer(self, text: str) -> str | int:
        if self.is_choice:
            if self.about.codes and text not in self.about.codes:
                raise ValidationError(f"There is no choice “{text}”: {', '.join(self.about.codes)}.")
            return text
        try:
            return seconds(text) if self.about.type in LENGTHS else int(text.removesuffix("%"))
        except ValueError:
            raise ValidationError(f"“{text}” is no figure. Write “{self._example()}”.") from None

    def _example(self) -> str:
        if self.is_choice:
            return "no = 0, at_worst = 1"
        return "5:01 = 1, 15:01 = 2" if self.about.type in LENGTHS else "10 = 1, 200 = 2"

    def part(self) -> tuple[str, Part] | None:
        """The axis and how it is judged; None where it is not."""
        given = self.cleaned_data
        if not given.get("axis"):
            return None
        if self.is_choice:
            return given["axis"], Part(self.about.key, choices=dict(given["points"]))
        return given["axis"], Part(self.about.key, tuple(given["points"]), lower_is_worse=given["less"])


class LevelsForm(forms.Form):
    moderate = forms.IntegerField(label="Moderate from", min_value=1, max_value=25)
    high = forms.IntegerField(label="High from", min_value=1, max_value=25)
    critical = forms.IntegerField(label="Critical from", min_value=1, max_value=25)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts = [(level.value, given.get(level.value)) for level in list(Level)[1:]]
        for (below, start), (above, next_start) in pairwise(starts):
            if start is not None and next_start is not None and next_start <= start:
                self.add_error(above, f"Must begin above {below}, {start}.")
        return given

    def levels(self) -> tuple[tuple[int, Level], ...]:
        given = self.cleaned_data
        return ((0, Level.LOW), *((given[level.value], level) for level in list(Level)[1:]))


class RulesForm:
    """A line for each question and the levels. `rules()` once it is valid."""

    def __init__(self, rules: Rules, data: QueryDict | None = None) -> None:
        self._rules = rules
        shown = _initial(rules)
        self.lines = [LineForm(data, about=each, initial=shown.get(each.key, {})) for each in judged()]
        for line in self.lines:
            if line.about.type in LENGTHS and "points" in line.initial:
                line.initial = {**line.initial, "points": _in_minutes(line.initial["points"])}
        levels = {level.value: start for start, level in rules.levels}
        self.levels = LevelsForm(data, prefix="levels", initial=levels)

    def is_valid(self) -> bool:
        faulty = [form for form in self.forms if not form.is_valid()]
        return not faulty

    @property
    def forms(self) -> list[forms.Form]:
        return [*self.lines, self.levels]

    def rules(self) -> Rules:
        parts = [part for line in self.lines if (part := line.part()) is not None]
        down = [part for part in parts if part[1].question in TOGETHER]
        as_one = len({axis for axis, _ in down}) == 1
        made = [Rule(Axis(down[0][0]), tuple(part for _, part in down))] if down and as_one else []
        alone = [part for part in parts if part not in down or not as_one]
        return Rules((*made, *(Rule(Axis(axis), (part,)) for axis, part in alone)), self.levels.levels())

    def show(self, refusal: Refusal) -> int:
        """Each reason beside the line that it is about; answers the status of the page."""
        by_key = {line.about.key: line for line in self.lines}
        for reason in refusal.reasons:
            key = str(reason.facts.get("question", ""))
            line = by_key.get(key)
            facts = {"question": line.about.text} if line else reason.facts
            said = words.sentence(type(reason)(reason.code, facts))
            if line:
                line.add_error("points", said)
            else:
                self.levels.add_error(None, said)
        return 409 if refusal.conflict else 400


def _initial(rules: Rules) -> dict[str, dict[str, Any]]:
    return {
        part.question: {
            "axis": rule.axis.value,
            "points": ", ".join(f"{at} = {points}" for at, points in [*part.ladder, *part.choices.items()]),
            "less": part.lower_is_worse,
        }
        for rule in rules.rules
        for part in rule.parts
    }


def _in_minutes(points: str) -> str:
    """Seconds as they are typed: "301 = 1" → "5:01 = 1"."""
    pairs = [piece.split(" = ") for piece in points.split(", ")]
    return ", ".join(f"{typed(int(at))} = {worth}" for at, worth in pairs)
