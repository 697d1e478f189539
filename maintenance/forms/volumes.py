"""A file of volumes, as it is chosen."""

from django import forms


class VolumeFileForm(forms.Form):
    file = forms.FileField(
        label="File", error_messages={"required": "Choose a file."}, allow_empty_file=True,
        help_text="CSV with a heading: weekday, hour, orders; also urgent, system and client. Up to 10 MB.",
    )  # fmt: skip
