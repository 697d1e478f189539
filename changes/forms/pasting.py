"""Steps pasted as text become rows of the plan: all of them, or none and what is wrong with which line."""

from django import forms
from django.core.exceptions import ValidationError

from changeboard.people.models import Person
from changes.domain import pasted
from changes.forms.steps import EMPTY, MOST, Row
from maintenance.forms.lengths import LONGEST, seconds

TEXT_LONGEST = 300
LENGTHS = ("planned_seconds", "worst_seconds", "undo_seconds")
MARK = "step-paste"


class PasteForm(forms.Form):
    """`pasting` says whether the lines are to be taken; else a text that still stands here is a fault."""

    pasted = forms.CharField(
        label="Steps as text or CSV",
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, pasting: bool = False, room: int = MOST, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pasting, self.room = pasting, room

    def clean_pasted(self) -> list[Row]:
        text = self.cleaned_data["pasted"]
        if not self.pasting:
            if text.strip():
                raise ValidationError("Take these lines into the plan, or empty this field.", code="left")
            return []
        found = pasted.rows(text)
        if len(found) > self.room:
            left = f"{len(found)} lines, and the plan has room for {self.room} more steps."
            raise ValidationError(left, code="many")
        people = _people()
        if faults := [said for line in found for said in _faults(*line, people)]:
            raise ValidationError(faults)
        return [{**EMPTY, **row, **_owner(row, people)} for _, row in found]


def _people() -> dict[str, list[int]]:
    """User names and names, in small letters, with the ids of those who are called so."""
    found: dict[str, list[int]] = {}
    for person in Person.objects.active():
        whole = f"{person.first_name} {person.last_name}".strip()
        for name in {person.username.lower(), str(person).lower(), whole.lower()}:
            found.setdefault(name, []).append(person.pk)
    return found


def _owner(row: Row, people: dict[str, list[int]]) -> Row:
    return {"owner": str(people[row["owner"].lower()][0])} if "owner" in row else {}


def _faults(line: int, row: Row, people: dict[str, list[int]]) -> list[ValidationError]:
    found = [
        f"“{row[name]}” is no length of time. Write 0:30." for name in LENGTHS if not _is_length(row, name)
    ]
    found += [
        f"the text is longer than {TEXT_LONGEST} signs."
        for name in ("text", "undo")
        if len(row.get(name, "")) > TEXT_LONGEST
    ]
    if not row.get("text"):
        found.append("it does not say what is done.")
    called = len(people.get(row["owner"].lower(), ())) if "owner" in row else 1
    if called == 0:
        found.append(f"nobody here is called “{row['owner']}”.")
    elif called > 1:
        found.append(f"{called} people are called “{row['owner']}”. Write the user name.")
    return [ValidationError(f"Line {line}: {said}", code="line") for said in found]


def _is_length(row: Row, name: str) -> bool:
    try:
        return name not in row or seconds(row[name]) <= LONGEST
    except ValueError:
        return False
