"""The risk questions as form fields: rows in, one or two fields each, an answer out."""

from collections.abc import Iterable

from django import forms

from changeboard.directory.models import Service
from changes.domain.sheet import Value
from changes.models import AnswerType, RiskQuestion
from maintenance.forms.lengths import LengthField

TEXT_LONGEST = 4000
LARGEST = 1_000_000_000


class QuestionsForm(forms.Form):
    """One form over the questions asked now; nothing is required to save a draft."""

    def __init__(self, questions: Iterable[RiskQuestion], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields.update(fields_of(question))

    def rows(self):
        """(question, its bound fields) for the page, in order."""
        for question in self.questions:
            yield question, [self[name] for name in fields_of(question)]

    def answers(self) -> dict[str, Value]:
        """Question key → value, as it is stored; what was left empty is left out."""
        given = {question.key: self._answer(question) for question in self.questions}
        return {key: value for key, value in given.items() if value not in (None, "", {}, [])}

    def _answer(self, question: RiskQuestion):
        value = self.cleaned_data.get(f"q-{question.key}")
        if question.type != AnswerType.TEXT_AND_SECONDS:
            return value
        both = {"text": value, "seconds": self.cleaned_data.get(f"q-{question.key}-seconds")}
        return {name: part for name, part in both.items() if part not in (None, "")}


def fields_of(question: RiskQuestion) -> dict[str, forms.Field]:
    """The fields of one question, by name."""
    name, common = (
        f"q-{question.key}",
        {"label": question.text, "help_text": question.help, "required": False},
    )
    text = forms.CharField(max_length=TEXT_LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **common)
    match question.type:
        case AnswerType.SECONDS:
            return {name: LengthField(**common)}
        case AnswerType.PERCENT:
            return {name: forms.IntegerField(min_value=0, max_value=100, **common)}
        case AnswerType.CHOICE:
            choices = [(code, label) for code, label in question.choices]
            return {name: forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)}
        case AnswerType.NUMBER:
            return {name: forms.IntegerField(min_value=0, max_value=LARGEST, **common)}
        case AnswerType.SERVICES:
            widget = forms.CheckboxSelectMultiple
            return {name: forms.MultipleChoiceField(choices=_services, widget=widget, **common)}
        case AnswerType.TEXT_AND_SECONDS:
            return {name: text, f"{name}-seconds": LengthField(label="How long")}
    return {name: text}


def _services() -> list[tuple[str, str]]:
    return list(Service.objects.values_list("slug", "name"))


def initial(answers: dict[str, Value]) -> dict[str, object]:
    """Stored answers as the fields show them."""
    shown: dict[str, object] = {}
    for key, value in answers.items():
        if isinstance(value, dict):
            shown[f"q-{key}"], shown[f"q-{key}-seconds"] = value.get("text", ""), value.get("seconds")
        else:
            shown[f"q-{key}"] = value
    return shown
