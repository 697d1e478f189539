"""The filters of the list, from the address. What cannot be read is left out: an address never fails."""

from django import forms

from changeboard.directory.models import System
from changes.forms.acts import WindowField
from changes.models import RiskLevel
from changes.queries.lists import Filters, View
from maintenance.models import Window

RISKS = [("", "Any risk"), ("high_up", "High and critical"), *RiskLevel.choices]


class FilterForm(forms.Form):
    view = forms.ChoiceField(choices=[(view.value, view.value) for view in View], required=False)
    q = forms.CharField(label="Words in title, why, plan or discussion", required=False, max_length=100)
    system = forms.ModelChoiceField(
        queryset=System.objects.all(), to_field_name="code", required=False, empty_label="All systems"
    )
    risk = forms.ChoiceField(choices=RISKS, required=False)
    window = WindowField(
        queryset=Window.objects.filter(changes__isnull=False)
        .select_related("system")
        .distinct()
        .order_by("-starts_at"),
        to_field_name="reference",
        required=False,
        empty_label="Any window",
    )

    def filters(self) -> Filters:
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            view=View(given.get("view") or View.OPEN),
            words=given.get("q", ""),
            system=getattr(given.get("system"), "code", ""),
            risk=given.get("risk", ""),
            window=getattr(given.get("window"), "reference", ""),
        )
