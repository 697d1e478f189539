"""Moving an item of the agenda: the buttons say which and where to, by place, and in which order they were seen."""

import re

from django import forms

MOVE = re.compile(r"step-(?:(up|down)-(\d{1,4})|place-(\d{1,4})-(\d{1,4}))")


class MoveForm(forms.Form):
    """`do` as the buttons send it, places from 1; `seen` are the ids in the order that was looked at."""

    do = forms.RegexField(MOVE)
    seen = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$")

    def clean_seen(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["seen"].split(",")]

    def clean_do(self) -> tuple[int, int]:
        found = MOVE.fullmatch(self.cleaned_data["do"])
        if found is None:
            raise forms.ValidationError("Say which item moves, and where to.")
        way, one, place, to = found.groups()
        return (int(place), int(to)) if place else (int(one), int(one) + (1 if way == "down" else -1))

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if self.errors:
            return data
        place, to = data["do"]
        if not 1 <= place <= len(data["seen"]):
            raise forms.ValidationError("There is no such item.")
        return {"item": data["seen"][place - 1], "to": to, "seen": data["seen"]}
