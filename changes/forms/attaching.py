"""A file that comes with a form, and the end of one that is too large."""

from typing import Any

from django import forms
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from changes.attachment_labels import ACCEPTED
from changes.domain.attached import LARGEST


class UpToLargest(FileUploadHandler):
    """Stops keeping a file that grows beyond the limit; the rest is read past, so that the page can answer.

    Stands first, before the handlers that keep. The request then says `too_large`.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.kept += len(raw_data)
        if self.kept > LARGEST:
            self.request.too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


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
