"""Lengths of time as people type them: minutes and seconds, "0:30"."""

import re

from django import forms
from django.core.exceptions import ValidationError

LONGEST = 7 * 24 * 3600


def seconds(text: str) -> int:
    """ "0:30" → 30, "1:05:00" → 3900, "30 s" → 30, "5" or "5 min" → 300. ValueError for anything else."""
    clean = text.strip().lower()
    if match := re.fullmatch(r"(\d{1,4})\s*(s|sec|seconds?)", clean):
        return int(match[1])
    if match := re.fullmatch(r"(\d{1,4})\s*(m|min|minutes?)?", clean):
        return int(match[1]) * 60
    if match := re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,5}):([0-5]\d)", clean):
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    raise ValueError(text)


def typed(length: int) -> str:
    """30 → "0:30": what the field shows again."""
    return f"{length // 60}:{length % 60:02d}"


class LengthField(forms.CharField):
    """Reads minutes and seconds, gives whole seconds; None when left empty."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "placeholder": "0:00"})

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            length = seconds(text)
        except ValueError:
            raise ValidationError("Write minutes and seconds, like 0:30.", code="length") from None
        if length > LONGEST:
            raise ValidationError("That is longer than a week.", code="length")
        return length

    def prepare_value(self, value):
        return typed(value) if isinstance(value, int) else value
