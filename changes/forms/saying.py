"""Forms in which people write to each other. What looks like patient data is asked about once, never refused."""

from django import forms

from changes import labels
from changes.domain.identifiers import identifiers
from changes.forms.board import TextForm
from changes.models import Question


class SaidForm(TextForm):
    """`doubts` names what looks like patient data, until its writer says with `sure` that it is none."""

    doubts: tuple[str, ...] = ()

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not self.data.get("sure"):
            self.doubts = tuple(labels.IDENTIFIERS[kind] for kind in identifiers(text))
        if self.doubts:
            like = " and ".join(self.doubts)
            raise forms.ValidationError(f"This looks like {like}. No patient data, anywhere: take it out.")
        return text


class CommentForm(SaidForm):
    """A comment or a tough question."""

    kind = forms.ChoiceField(
        label="What is it?", choices=Question.Kind.choices, initial=Question.Kind.COMMENT, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["kind", "text"]
