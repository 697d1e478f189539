"""Forms of the wrap-up: the review, the closing, the records of trouble. They parse; the verbs decide."""

from typing import Any

from django import forms

from changes.domain import troubles
from changes.models import CloseCode, Review
from maintenance.forms.lengths import LengthField


class ReviewForm(forms.Form):
    """`measured` says what the stopwatch of the window gives."""

    outcome = forms.ChoiceField(
        label="How did it go?", choices=Review.Outcome.choices, widget=forms.RadioSelect
    )
    actual_downtime_seconds = LengthField(label="Actual downtime", required=True)
    learned = forms.CharField(
        label="What really happened, and what was learned", max_length=4000,
        error_messages={"required": "Say what was learned."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, measured: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actual_downtime_seconds"].help_text = measured


class RecordsField(forms.CharField):
    """Reads one record a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def clean(self, value: Any) -> list[str]:
        return troubles.in_lines(super().clean(value))


class CloseForm(forms.Form):
    close_code = forms.ChoiceField(
        label="Close code", choices=CloseCode.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how it went."},
    )  # fmt: skip
    trouble_records = RecordsField(
        label="Records of trouble", required=False,
        help_text="A number or an address a line. Needed where there was trouble.",
    )  # fmt: skip


class TroubleForm(forms.Form):
    trouble_records = RecordsField(
        label="Records of trouble",
        error_messages={"required": "Name at least one record: its number or its address."},
        help_text="A number or an address a line. The change that repairs it is named like CHG-0042.",
    )
