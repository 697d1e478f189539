"""The file that is attached to a change."""

from typing import Any

from django import forms

from changeboard.uploads import UpTo
from changes.attachment_labels import ACCEPTED
from changes.domain.attached import LARGEST


class UpToLargest(UpTo):
    """What every form takes that says nothing else."""

    most = LARGEST


class AttachForm(forms.Form):
    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a file."},
        # Names are cleaned and cut by the rule, empty files refused by it.
        allow_empty_file=True,
        help_text=f"Up to {LARGEST // 1024 // 1024} MB: {ACCEPTED}. No patient data.",
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.too_large:
            # It was chosen, and read past: the view says so.
            self.errors.pop("file", None)
        return data
