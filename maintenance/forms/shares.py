"""A downtime budget, split: a row for each that rides, and rows to keep some for a purpose."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from maintenance.domain.shares import Portion, Share
from maintenance.forms.lengths import LengthField

SPARE = 2


class SharesForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=300)

    def __init__(self, data: Any, *, portions: Sequence[Portion]) -> None:
        super().__init__(data)
        self.riding = [
            each for each in portions if each.source is not None and each.planned + each.likely_worst
        ]
        purposes = [(each.label, each.seconds) for each in portions if each.source is None]
        self.purposes = [*purposes, *[("", None)] * SPARE]
        for number, each in enumerate(self.riding):
            self.fields[f"share_{number}"] = LengthField(label=f"Share of {each.label}", initial=each.seconds)
        for number, (label, seconds) in enumerate(self.purposes):
            self.fields[f"purpose_{number}"] = forms.CharField(
                label="Kept for", max_length=120, required=False, initial=label
            )
            self.fields[f"kept_{number}"] = LengthField(label="Seconds kept", initial=seconds)

    def shares(self) -> list[Share]:
        """What was typed; rows left empty, or at nothing, are no share."""
        given = self.cleaned_data
        riding = [
            Share(each.label, given[f"share_{number}"], each.source)
            for number, each in enumerate(self.riding)
            if given.get(f"share_{number}")
        ]
        purposes = [
            Share(given[f"purpose_{number}"], given[f"kept_{number}"])
            for number in range(len(self.purposes))
            if given.get(f"kept_{number}")
        ]
        return riding + purposes

    def riding_rows(self) -> Iterator[tuple[Portion, BoundField]]:
        for number, each in enumerate(self.riding):
            yield each, self[f"share_{number}"]

    def purpose_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        for number in range(len(self.purposes)):
            yield self[f"purpose_{number}"], self[f"kept_{number}"]
