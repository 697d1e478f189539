"""A risk question as a form: what is asked, how it is answered, and its choices a line each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from changeboard import words
from changes.domain.risk_questions import LONGEST_KEY, MOST_CHOICES, Asking, Ties, code_of
from changes.models import AnswerType, RiskQuestion
from changes.queries import risk_questions

LONGEST_WORDS = 80
REFUSED = "refused"


class RiskQuestionForm(forms.Form):
    """Gives `asking`; for a question that is edited, the `version` that was seen as well."""

    text = forms.CharField(
        label="Question", max_length=200, error_messages={"required": "Say what is asked."}
    )
    help = forms.CharField(
        label="Hint",
        max_length=300,
        required=False,
        help_text="Stands below the question: what a good answer says.",
    )
    type = forms.ChoiceField(label="How it is answered", choices=AnswerType.choices)
    choices = forms.CharField(
        label="Choices",
        required=False,
        max_length=(LONGEST_KEY + LONGEST_WORDS + 5) * MOST_CHOICES,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only for “One of the choices”: a line each, the least harm first. Rules of risk know a choice "
        "by its code: “code = words”. Without a code one is made of the words.",
    )
    required = forms.BooleanField(label="No change is submitted without an answer", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, row: RiskQuestion | None = None, ties: Ties | None = None
    ) -> None:
        super().__init__(data, initial=shown(row) if row else {"required": True})
        self.row = row
        # Sent as they are, so that a page opened before the first answer is refused, not half obeyed.
        if ties and ties.is_fixed:
            self.fields["type"].widget = forms.HiddenInput()
        if ties and ties.is_own:
            self.fields["required"].widget = forms.HiddenInput()

    def clean_choices(self) -> tuple[tuple[str, str], ...]:
        """Lines as pairs of code and words."""
        if self.cleaned_data.get("type") != AnswerType.CHOICE:
            return ()
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        pairs = [pair_of(line) for line in lines if line]
        bad = [
            line for line, (code, said) in zip(filter(None, lines), pairs, strict=True) if not (code and said)
        ]
        long = [said for _, said in pairs if len(said) > LONGEST_WORDS]
        found = [f"“{line}” needs a code of letters: “code = words”." for line in bad]
        found += [f"“{said[:30]}…” is longer than {LONGEST_WORDS} characters." for said in long]
        if found:
            raise ValidationError(found)
        return tuple(pairs)

    def clean(self) -> dict[str, Any]:
        """What the verb would refuse, beside what could not be read: every fault at once."""
        given = super().clean() or {}
        for reason in risk_questions.faults(self.asking(), self.row):
            if reason.field not in self.errors or self.has_error(reason.field, REFUSED):
                self.add_error(reason.field, ValidationError(words.sentence(reason), code=REFUSED))
        return given

    def asking(self) -> Asking:
        """What was typed, as far as it could be read."""
        read = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Asking(**read).trimmed


def pair_of(line: str) -> tuple[str, str]:
    """ "no = No" → ("no", "No"); "Not at all" → ("not_at_all", "Not at all")."""
    left, mark, right = (part.strip() for part in line.partition("="))
    if mark and left and left == code_of(left):
        return left, " ".join(right.split())
    return code_of(line), " ".join(line.split())


def shown(row: RiskQuestion) -> dict[str, object]:
    """A question as the fields show it."""
    return {
        "text": row.text,
        "help": row.help,
        "type": row.type,
        "choices": "\n".join(f"{code} = {said}" for code, said in row.asking.choices),
        "required": row.required,
        "version": row.version,
    }
