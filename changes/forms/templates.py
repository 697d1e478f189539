"""Forms of templates. They parse and type; the verbs decide."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings

from changeboard import clock
from changes.models import Change
from changes.queries import templates

HALF_A_YEAR = timedelta(days=182)


class ExpiryForm(forms.Form):
    """Until when the board's approval shall hold."""

    expires_on = forms.DateField(
        label="The approval holds until",
        help_text="The board looks at it again then. Two years at most.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(
        self, *args: Any, now: datetime, initial: dict[str, Any] | None = None, **given: Any
    ) -> None:
        today = clock.local_date(now, settings.PLATFORM_TIME_ZONE)
        super().__init__(*args, initial={"expires_on": today + HALF_A_YEAR, **(initial or {})}, **given)


class SourceField(forms.ModelChoiceField):
    def label_from_instance(self, change: Change) -> str:
        return f"{change.reference} {change.title}, {change.get_state_display().lower()}"


class ProposalForm(ExpiryForm):
    name = forms.CharField(
        label="Name of the template", max_length=120,
        help_text="What people will look for: “Renew a certificate”.",
    )  # fmt: skip
    source = SourceField(
        label="Made from",
        queryset=Change.objects.none(),
        empty_label="Choose a change",
        help_text="A change that was closed as successful, or a draft of yours: low risk, no downtime. "
        "Its systems, services, answers and plan become the bounds.",
    )
    tolerance_percent = forms.IntegerField(
        label="Steps may take longer by at most", min_value=0, max_value=100, initial=50
    )
    field_order = ["name", "source", "tolerance_percent", "expires_on"]

    def __init__(self, *args: Any, person: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source"].queryset = templates.sources(person)


class RetireForm(forms.Form):
    reason = forms.CharField(label="Why", required=False, max_length=300)
