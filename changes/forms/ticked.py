"""What was ticked in the list, and what is to be done to it."""

from urllib.parse import urlencode

from django import forms

from changes.actions.ticked import Deed
from changes.forms.filters import REFERENCE
from changes.models import Change

MOST = 100


class References(forms.Field):
    """References of changes, each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value) -> list[str]:
        given = list(dict.fromkeys(value or []))
        if not given:
            raise forms.ValidationError("Tick at least one change.")
        if len(given) > MOST:
            raise forms.ValidationError(f"Tick at most {MOST} changes at once.")
        return given


class TickedForm(forms.Form):
    ref = References()
    deed = forms.ChoiceField(
        choices=[*((deed.value, deed.value) for deed in Deed), ("sheet", "sheet")],
        error_messages={"required": "Choose what to do.", "invalid_choice": "Choose what to do."},
    )
    sure = forms.BooleanField(required=False)

    def wants_sheet(self) -> bool:
        return self.cleaned_data["deed"] == "sheet"

    def sheet_address(self) -> str:
        """The exported list of only these."""
        pairs = [("ref", reference) for reference in self.cleaned_data["ref"]]
        return "?" + urlencode([("view", "all"), *pairs])

    def changes(self) -> list[Change]:
        """Those of the ticked that exist, by number. One query."""
        readable = [reference for reference in self.cleaned_data["ref"] if REFERENCE.fullmatch(reference)]
        self._found = list(
            Change.objects.filter(reference__in=readable).select_related("requester").order_by("number")
        )
        return self._found

    def unknown(self) -> list[str]:
        known = {change.reference for change in self._found}
        return [reference[:20] for reference in self.cleaned_data["ref"] if reference not in known]
