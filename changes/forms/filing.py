"""The form on which a change is filed and edited: parts in, one sheet out. Verbs decide."""

from uuid import UUID, uuid4

from django import forms
from django.forms import Form
from django.http import QueryDict

from changeboard import words
from changeboard.directory.models import Service, System
from changeboard.refusal import Reason
from changes.domain.sheet import Sheet
from changes.forms import impacts, pasting, questions, steps
from changes.forms.impacts import ImpactForm
from changes.forms.library import TakingForm
from changes.forms.pasting import PasteForm
from changes.forms.questions import QuestionsForm
from changes.models import Change, Kind, RiskQuestion, Said, Template
from maintenance.models import Window


class ChangeForm(forms.Form):
    """All but the questions and the plan. Nothing is required: a draft may be anything."""

    title = forms.CharField(label="What will change", required=False, max_length=160)
    why = forms.CharField(
        label="Why, and why now", required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(choices=Kind.choices, required=False, widget=forms.RadioSelect)
    template = forms.ModelChoiceField(queryset=Template.objects.all(), required=False)
    systems = forms.ModelMultipleChoiceField(queryset=System.objects.all(), required=False)
    services = forms.ModelMultipleChoiceField(queryset=Service.objects.all(), required=False)
    regulated = forms.ChoiceField(
        label="Is a regulated function touched?", choices=[("", "Not said"), *Said.choices], required=False
    )
    regulated_which = forms.CharField(label="Which one", required=False, max_length=200)
    client_paragraph = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    window = forms.ModelChoiceField(queryset=Window.objects.all(), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    source = forms.ModelChoiceField(
        queryset=Change.objects.all(), to_field_name="reference", required=False, widget=forms.HiddenInput
    )


class FilingForm:
    """The page's form: `form`, `questions` and `steps`, of what was typed or of a stored sheet."""

    def __init__(
        self,
        *,
        data: QueryDict | None = None,
        sheet: Sheet | None = None,
        version: int = 0,
        source: Change | None = None,
    ) -> None:
        asked = RiskQuestion.objects.asked()
        self.stored, self.act = sheet or Sheet(), (data or {}).get("do", "")
        self.over = (data or {}).get("over", "")
        if data is not None:
            self.form, self.questions = ChangeForm(data), QuestionsForm(asked, data)
            self.rows = steps.rows_typed(data, with_empty=steps.is_move(self.act))
            room = steps.MOST - len(self.rows)
            self.paste = PasteForm(data, pasting=self.act == pasting.MARK, room=room)
            self.library = TakingForm(data, act=self.act, room=room)
            self._rearrange()
        else:
            given = {"version": version, "form_token": uuid4(), "source": source, **shown(self.stored)}
            self.form, self.paste, self.library = ChangeForm(initial=given), PasteForm(), TakingForm()
            self.questions = QuestionsForm(asked, initial=questions.initial(dict(self.stored.answers)))
            self.rows = steps.rows_stored(self.stored.steps) or [dict(steps.EMPTY)]
        self.steps = steps.forms_of(self.rows, bound=data is not None)
        chosen = self.form["services"].value() or ()
        self.impacts = impacts.forms_of(Service.objects.all(), data=data, stored=self.stored, ticked=chosen)

    def _rearrange(self) -> None:
        """What a button of the plan does to its rows: no more than that."""
        if self.paste.pasting:
            if self.paste.is_valid():
                self.rows += self.paste.cleaned_data["pasted"]
                self.paste = PasteForm()
            else:
                # Nothing was taken: the plan stays as it stands on the page, empty rows and all.
                self.rows = steps.rows_typed(self.form.data, with_empty=True)
        elif self.library.taking:
            if self.library.is_valid():
                self.library = self.library.taken(after=len(self.rows))
                self.rows += self.library.rows
        elif self.rearranges:
            self.rows = steps.rearranged(self.rows, self.act)

    @property
    def rearranges(self) -> bool:
        """Whether a button of the plan was pressed: nothing is to be saved then."""
        return self.act.startswith("step-")

    @property
    def systems(self) -> list[tuple[System, bool]]:
        """Each system and whether it is ticked."""
        return ticked(System.objects.all(), self.form["systems"].value())

    @property
    def services(self) -> list[tuple[ImpactForm, bool]]:
        """Each service's row and whether it is ticked."""
        chosen = {str(key) for key in self.form["services"].value() or ()}
        return [(row, str(row.service.pk) in chosen) for row in self.impacts]

    @property
    def has_templates(self) -> bool:
        return self.form.fields["template"].queryset.exists()

    @property
    def parts(self) -> list[Form]:
        return [self.form, *self._touching, self.questions, *self.steps, self.paste, self.library]

    @property
    def _touching(self) -> list[Form]:
        """The rows behind a tick; of an unticked service nothing is asked."""
        return [row for row in self.impacts if row.is_bound]

    @property
    def forms(self) -> list[Form]:
        """The parts by the name under which the list of faults looks for them."""
        return self.parts

    @property
    def was_refused(self) -> bool:
        """Whether faults are to be shown: not after a button of the plan."""
        return self.form.is_bound and not self.rearranges

    @property
    def token(self) -> UUID | None:
        """The form's own name: two submits of one form make one change."""
        return self._hidden("form_token")

    @property
    def source(self) -> Change | None:
        """The change that a new one began as a copy of."""
        return self._hidden("source")

    @property
    def version(self) -> int:
        """The version that the editor saw; -1, which no change has, when the form does not say.

        After somebody else saved, "over" is the version that the editor has seen by then and writes over.
        """
        given = (
            int(self.over) if self.over[:9].isdecimal() and len(self.over) < 10 else self._hidden("version")
        )
        return -1 if given is None else given

    def _hidden(self, name: str):
        """What a hidden field holds, whatever is wrong with the others."""
        if not self.form.is_bound:
            return self.form.initial.get(name)
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    def is_valid(self) -> bool:
        # Every part, so that every fault is found at once.
        return not [part for part in self.parts if not part.is_valid()]

    def sheet(self) -> Sheet:
        """What was typed, as far as it could be read."""
        for part in self.parts:
            part.is_valid()
        given, answers = self.form.cleaned_data, self.questions.answers()
        return Sheet(
            title=given.get("title", ""),
            why=given.get("why", ""),
            kind=given.get("kind") or Kind.NORMAL.value,
            systems=frozenset(system.pk for system in given.get("systems") or ()),
            services=impacts.typed(self._touching, given.get("services") or (), answers, self.stored),
            answers=answers,
            steps=tuple(step.step() for step in self.steps),
            window=given["window"].pk if given.get("window") else None,
            client_paragraph=given.get("client_paragraph", ""),
            template=given["template"].pk if given.get("template") else None,
            regulated=given.get("regulated", ""),
            regulated_which=given.get("regulated_which", ""),
        )

    def refuse(self, reasons: tuple[Reason, ...]) -> None:
        """Put each reason of a refusal beside the field that it names; those without one stand on top."""
        for reason in reasons:
            part, field = self._place(reason.field)
            part.add_error(field, words.sentence(reason))

    def _place(self, name: str) -> tuple[Form, str | None]:
        if name in self.questions.fields:
            return self.questions, name
        prefix, _, field = name.rpartition("-")
        for row in [*self.steps, *self.impacts]:
            if row.prefix == prefix:
                return row, field
        return self.form, name if name in self.form.fields else None


def ticked(rows, chosen):
    keys = {str(key) for key in chosen or ()}
    return [(row, str(row.pk) in keys) for row in rows]


def shown(sheet: Sheet) -> dict[str, object]:
    """A sheet as the fields of ChangeForm show it."""
    return {
        "title": sheet.title,
        "why": sheet.why,
        "kind": sheet.kind,
        "template": sheet.template,
        "systems": list(sheet.systems),
        "services": list(sheet.services),
        "client_paragraph": sheet.client_paragraph,
        "window": sheet.window,
        "regulated": sheet.regulated,
        "regulated_which": sheet.regulated_which,
    }
