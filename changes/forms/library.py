"""The step library: the form of one step, and the ticks by which a plan takes some of them."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from changes.domain.sheet import Step
from changes.forms.steps import MOST, Row, rows_stored
from changes.models import LibraryStep, Phase
from maintenance.forms.lengths import LengthField

MARK = "step-library"
FIND = "step-find"
SHOWN = 20
FINDING_LONGEST = 100


class LibraryStepForm(forms.Form):
    """One step of the library. Gives `step`; for one that is edited, the `version` that was seen as well."""

    text = forms.CharField(
        label="What is done", max_length=300, error_messages={"required": "Say what is done."}
    )
    undo = forms.CharField(
        label="How it is undone",
        max_length=300,
        help_text="“Nothing to undo” where that is so.",
        error_messages={"required": "Say how it is undone."},
    )
    phase = forms.ChoiceField(label="When", choices=Phase.choices)
    planned_seconds = LengthField(label="Planned", help_text="Minutes and seconds, like 0:30.")
    worst_seconds = LengthField(label="At worst", help_text="Left empty: as planned.")
    undo_seconds = LengthField(label="To undo")
    needs_downtime = forms.BooleanField(label="The platform is down during this step", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def step(self) -> Step:
        """What was typed; an empty length is nought."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Step(
            **{name: value or 0 if name.endswith("_seconds") else value for name, value in given.items()}
        )


class TakingForm(forms.Form):
    """Ticks beside the steps of the library. Ticked and not taken is a fault when the form is saved."""

    library = forms.ModelMultipleChoiceField(
        label="Steps of the library",
        queryset=LibraryStep.objects.in_use(),
        required=False,
        error_messages={"invalid_choice": "One of these steps was taken out of use. Tick the others again."},
    )

    def __init__(
        self, data: QueryDict | None = None, *, act: str = "", room: int = MOST, find: str = ""
    ) -> None:
        super().__init__(data)
        self.taking, self.is_open, self.room = act == MARK, act in (MARK, FIND), room
        self.saves = data is not None and not act.startswith("step-")
        typed = (data or {}).get("library_find", find)
        self.find = " ".join(typed.replace("\x00", "").split())[:FINDING_LONGEST]
        self.rows: list[Row] = []
        self.first = self.last = 0

    def clean_library(self) -> list[LibraryStep]:
        ticked = list(self.cleaned_data["library"].in_order()) if self.cleaned_data["library"] else []
        if ticked and self.saves:
            raise ValidationError("Take the ticked steps into the plan, or untick them.", code="left")
        if self.taking and not ticked:
            raise ValidationError("Tick the steps that the plan is to take.", code="none")
        if len(ticked) > self.room:
            left = f"{len(ticked)} steps, and the plan has room for {self.room} more."
            raise ValidationError(left, code="many")
        return ticked

    def taken(self, *, after: int) -> "TakingForm":
        """The same without its ticks, once they are taken: `rows` are the copies, put after so many others."""
        again = TakingForm(find=self.find)
        again.rows = rows_stored([row.step for row in self.cleaned_data["library"]])
        again.is_open, again.first, again.last = True, after + 1, after + len(again.rows)
        return again

    @cached_property
    def offered(self) -> list[tuple[LibraryStep, bool]]:
        """What fits the words and what is ticked, each with its tick. At most two queries."""
        ticked = {
            key for key in (self["library"].value() or ()) if str(key).isdecimal() and len(str(key)) < 10
        }
        chosen = list(LibraryStep.objects.in_use().filter(pk__in=ticked).in_order()) if ticked else []
        return [(row, True) for row in chosen] + [(row, False) for row in self._found if row not in chosen][
            :SHOWN
        ]

    @cached_property
    def _found(self) -> list[LibraryStep]:
        return list(LibraryStep.objects.in_use().matching(self.find).in_order()[: SHOWN + MOST])

    @property
    def more(self) -> int:
        """How many others fit the words and are not shown."""
        shown = {row.pk for row, _ in self.offered}
        return sum(row.pk not in shown for row in self._found)

    @property
    def is_there(self) -> bool:
        """Whether the library has anything to offer, or was looked through in vain."""
        return bool(self.offered or self.find)
