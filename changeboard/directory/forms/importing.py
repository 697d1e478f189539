"""What is typed about a file of clients: which one, and whether it may go without its bad lines."""

from typing import Any

from django import forms

from changeboard import words
from changeboard.directory.domain import csv_file


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        help_text=f"Up to {csv_file.MOST_BYTES // 1024 // 1024} MB. Nothing is imported yet. No patient data.",
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """As the verb takes it: a name and bytes."""
        data = super().clean() or {}
        if self.too_large:
            # It was chosen, and read past.
            self.errors.pop("file", None)
            self.add_error("file", words.sentence(csv_file.TOO_LARGE))
        file = data.pop("file", None)
        return {"name": file.name, "data": file.read()} if file is not None else data


class ApplyForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput)
    without_bad = forms.BooleanField(required=False)
