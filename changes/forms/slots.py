"""What a change wants of a slot, as the search's form has it; and the slot that is chosen."""

from datetime import datetime

from django import forms
from django.http import QueryDict

from changeboard.directory.models import System
from changes.models import Change
from maintenance.forms.slots import SlotForm, slot_form
from maintenance.models import Window


def form_for(change: Change, asked: QueryDict, *, now: datetime) -> SlotForm:
    """The search's form; before anything is asked it holds the change's systems, services and downtime."""
    data = asked.copy()
    if "asked" not in asked:
        worst = change.worst_down_seconds or 0
        if codes := [system.code for system in change.systems.all()]:
            data.setlist("system", codes)
        data.setlist("service", [impact.service.slug for impact in change.impacts.all()])
        data["down"], data["planned"] = _typed(worst), _typed(min(change.planned_down_seconds or 0, worst))
    return slot_form(data, now=now)


def _typed(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


class AskForm(forms.Form):
    window = forms.ModelChoiceField(Window.objects.all(), to_field_name="reference")


class WishForm(forms.Form):
    """One slot of the list, as its button sends it."""

    system = forms.ModelChoiceField(System.objects.all(), to_field_name="code")
    on = forms.DateField()
    start_time = forms.TimeField()
    length_seconds = forms.IntegerField(min_value=60, max_value=24 * 3600)
    budget_seconds = forms.IntegerField(min_value=0, max_value=24 * 3600)


class DeclineForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=300, help_text="Whoever asked for it reads it.")
