"""Forms of the board, the playbook and the wrap-up. They parse and type; the verbs decide."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator

from changeboard import clock
from changeboard.people.models import Person
from changes import board_labels
from changes.actions.conditions import Wanted
from changes.models import Choice, Outcome
from changes.queries.item_picture import ItemPicture

ROWS = 3


class TextForm(forms.Form):
    """One field of words; whether they may be empty is the verb's to say."""

    text = forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class AgreeForm(forms.Form):
    """A word, and a question where the group agrees but wants something answered."""

    word = forms.CharField(label="A word to it", required=False, max_length=500)
    question = forms.CharField(
        label="A question that the board answers", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Leave it empty to agree without one.",
    )  # fmt: skip


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label="How do you know that it is met?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": board_labels.REFUSALS["condition.no_evidence"]},
    )  # fmt: skip
    link = forms.CharField(
        label="Where it can be seen", required=False, max_length=500,
        validators=[RegexValidator(r"^https?://\S+$", board_labels.REFUSALS["condition.no_address"])],
        help_text="An address from https:// on. Leave it empty where there is none.",
    )  # fmt: skip


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label="Why the evidence does not hold", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": board_labels.REFUSALS["condition.no_reason"]},
        help_text="The owner reads it, and has it to do again.",
    )  # fmt: skip


class ReTestForm(forms.Form):
    passed = forms.TypedChoiceField(
        label="Result", choices=[("yes", "Passed"), ("no", "Failed")], coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(
        label="What was seen", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        choices=Choice.choices, widget=forms.RadioSelect, error_messages={"required": "Choose how you vote."}
    )
    reason = forms.CharField(label="Reason", required=False, max_length=300)


class InterestForm(forms.Form):
    reason = forms.CharField(
        label="Why", required=False, max_length=300,
        help_text="Everybody reads it. You have no vote on this item, and a vote you cast is taken out.",
    )  # fmt: skip


class DecisionForm(forms.Form):
    """Outcome, the sentence for the minutes, and up to three conditions: what, who, by which day (17:00)."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.RadioSelect)
    sentence = forms.CharField(
        label="Sentence for the minutes",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.active()
        for row in range(1, ROWS + 1):
            self.fields[f"text_{row}"] = forms.CharField(
                label=f"Condition {row}", required=False, max_length=300
            )
            self.fields[f"owner_{row}"] = forms.ModelChoiceField(people, label="Who", required=False)
            day = forms.DateField(label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}))
            self.fields[f"due_{row}"] = day

    def rows(self) -> Iterator[tuple[int, Any, Any, Any]]:
        """The condition rows as bound fields, for the template."""
        for row in range(1, ROWS + 1):
            yield row, self[f"text_{row}"], self[f"owner_{row}"], self[f"due_{row}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wanted = [row for row in range(1, ROWS + 1) if any(data.get(name) for name in _names(row))]
        for row in wanted:
            for name, words in zip(_names(row), ("Say what.", "Say who.", "Say by when."), strict=True):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        conditions = [] if self.errors else [self._wanted(data, row) for row in wanted]
        return {
            "outcome": data.get("outcome"),
            "sentence": data.get("sentence", ""),
            "conditions": conditions,
        }

    def _wanted(self, data: dict[str, Any], row: int) -> Wanted:
        text, owner, due = (data[name] for name in _names(row))
        return Wanted(text, owner, _evening(due), row)


def item_forms(item: ItemPicture | None) -> dict[str, forms.Form]:
    """The forms beside an item, with the reader's own vote and the outcome that the votes lead to."""
    own = item.own_vote if item else None
    given = {"choice": own.choice, "reason": own.reason} if own else None
    # A vote that is cast makes new fields: the focus does not return into a ballot that is done with.
    stamp = f"{own.at:%s%f}" if own else ""
    return {
        "vote_form": VoteForm(initial=given, auto_id=f"vote_{stamp}_%s"),
        "interest_form": InterestForm(auto_id="interest_%s"),
        "decision_form": DecisionForm(initial={"outcome": item.foregone if item else "approve"}),
    }


def _names(row: int) -> tuple[str, str, str]:
    return f"text_{row}", f"owner_{row}", f"due_{row}"


def _evening(on: Any) -> datetime:
    return clock.at_wall(on, datetime.min.time().replace(hour=17), settings.PLATFORM_TIME_ZONE)
