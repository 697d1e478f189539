"""The plan as rows of a form. Adding, removing and moving are submit buttons: no script is needed."""

from dataclasses import asdict

from django import forms
from django.http import QueryDict

from changeboard.people.models import Person
from changes.domain.sheet import Step
from changes.models import Phase
from maintenance.forms.lengths import LengthField, typed

FIELDS = (
    "text",
    "undo",
    "phase",
    "owner",
    "planned_seconds",
    "worst_seconds",
    "undo_seconds",
    "needs_downtime",
)
MOST = 200
Row = dict[str, str]
EMPTY: Row = {"phase": Phase.DURING.value}


class StepForm(forms.Form):
    text = forms.CharField(label="What is done", required=False, max_length=300)
    undo = forms.CharField(label="How it is undone", required=False, max_length=300)
    phase = forms.ChoiceField(label="When", choices=Phase.choices, required=False)
    owner = forms.ModelChoiceField(
        label="Owner", queryset=Person.objects.none(), required=False, empty_label="Nobody yet"
    )
    planned_seconds = LengthField(label="Planned")
    worst_seconds = LengthField(label="At worst")
    undo_seconds = LengthField(label="To undo")
    needs_downtime = forms.BooleanField(label="Down", required=False)

    def __init__(self, *args, owners, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}-{field_name}"

    def step(self) -> Step:
        given = self.cleaned_data
        lengths = {name: given.get(name) or 0 for name in FIELDS if name.endswith("_seconds")}
        return Step(
            text=given.get("text", ""),
            undo=given.get("undo", ""),
            phase=given.get("phase") or Phase.DURING.value,
            owner=given["owner"].pk if given.get("owner") else None,
            needs_downtime=bool(given.get("needs_downtime")),
            **lengths,
        )


def rows_typed(data: QueryDict, *, with_empty: bool = False) -> list[Row]:
    """The rows as typed, without those left wholly empty unless they are asked for."""
    count = min(int(data.get("steps") or 0) if (data.get("steps") or "0").isdecimal() else 0, MOST)
    rows = [
        {name: data.get(f"step-{number}-{name}", "") for name in FIELDS} for number in range(1, count + 1)
    ]
    return [row for row in rows if with_empty or row["text"].strip() or row["undo"].strip()]


def rows_stored(steps) -> list[Row]:
    """Stored steps as they would be typed."""
    return [{name: _typed(name, value) for name, value in asdict(step).items()} for step in steps]


def rearranged(rows: list[Row], act: str) -> list[Row]:
    """The rows after a button: "step-add", "step-remove-2", "step-up-2", "step-down-2" or "step-place-4-1".

    The last puts the fourth row first. "step-keep" and "step-find" leave them: the form is only shown again. Any
    other button that names no row adds one.
    """
    verb, *numbers = act.removeprefix("step-").split("-")
    places = [int(number) - 1 if number.isdecimal() else -1 for number in numbers]
    at = places[0] if places else -1
    if verb in ("keep", "find"):
        return list(rows)
    if verb == "add" or not 0 <= at < len(rows):
        return [*rows, dict(EMPTY)][:MOST]
    rest = rows[:at] + rows[at + 1 :]
    if verb == "remove":
        return rest
    wanted = {"up": at - 1, "down": at + 1, "place": places[-1]}.get(verb, at)
    to = max(0, min(len(rest), wanted))
    return [*rest[:to], rows[at], *rest[to:]]


def is_move(act: str) -> bool:
    """Whether the button names rows by their numbers on the page, the empty ones counted."""
    return act.startswith(("step-remove-", "step-up-", "step-down-", "step-place-"))


def forms_of(rows: list[Row], *, bound: bool) -> list[StepForm]:
    """The rows as numbered forms; an empty plan shows one empty row."""
    owners = Person.objects.active()
    forms_made = []
    for number, row in enumerate(rows, start=1):
        prefix = f"step-{number}"
        data = {f"{prefix}-{name}": value for name, value in row.items()}
        forms_made.append(StepForm(data if bound else None, initial=row, prefix=prefix, owners=owners))
    return forms_made


def _typed(name: str, value: object) -> str:
    if name.endswith("_seconds") and isinstance(value, int):
        return typed(value) if value else ""
    if name == "needs_downtime":
        return "on" if value else ""
    return "" if value is None else str(value)
