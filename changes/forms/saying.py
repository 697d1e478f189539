"""Forms in which people write to each other. What looks like patient data is asked about once, never refused."""

from typing import Any

from django import forms

from changeboard import words
from changeboard.refusal import Reason, Refusal
from changes import labels
from changes.actions import mentioning
from changes.domain.identifiers import identifiers
from changes.forms.board import TextForm
from changes.models import Question


class SaidForm(TextForm):
    """`doubts` names what looks like patient data, until its writer says with `sure` that it is none."""

    doubts: tuple[str, ...] = ()

    def __init__(self, *args: Any, empty: str = "change.comment_is_empty", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = words.sentence(Reason(empty))

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        faults = self._unknown(text)
        if not self.data.get("sure"):
            self.doubts = tuple(labels.IDENTIFIERS[kind] for kind in identifiers(text))
        if self.doubts:
            like = " and ".join(self.doubts)
            faults.append(
                f"This looks like {like}. No patient data, anywhere: take it out, or say that it is none."
            )
        if faults:
            raise forms.ValidationError(faults)
        return text

    def _unknown(self, text: str) -> list[str]:
        """What the verb would refuse for its mentions, so that every fault is shown at once."""
        try:
            mentioning.whom(text, before=str(self.initial.get("text", "")))
        except Refusal as refusal:
            return [words.sentence(reason) for reason in refusal.reasons]
        return []


class CommentForm(SaidForm):
    """A comment or a tough question."""

    kind = forms.ChoiceField(
        label="What is it?", choices=Question.Kind.choices, initial=Question.Kind.COMMENT, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["kind", "text"]
