"""The small forms on the page of a change."""

from django import forms
from django.conf import settings

from changeboard import clock, time_words
from changeboard.directory.domain import placeholders
from maintenance.models import Window


class ReasonForm(forms.Form):
    """Why; whether it may be left out is the verb's to say."""

    reason = forms.CharField(required=False, max_length=500)


class ObjectionForm(forms.Form):
    reason = forms.CharField(label="Why", required=False, max_length=300)


class ElectronicVoteForm(forms.Form):
    """Day and time in the platform's zone."""

    # The day; the two together are the deadline, and what is wrong with that stands beside this one.
    deadline_at = forms.DateField(
        label="Votes until", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.TimeField(label="At", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    why = forms.CharField(
        label="Why it does not wait for the meeting", required=False, max_length=300,
        help_text="The members read it.",
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if self.errors:
            return data
        deadline = clock.at_wall(data["deadline_at"], data["until"], settings.PLATFORM_TIME_ZONE)
        return {"deadline_at": deadline, "why": data.get("why", "")}


class ParagraphForm(forms.Form):
    client_paragraph = forms.CharField(
        label="Paragraph in the client notice", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Each client reads its own for: {placeholders.listed()}.",
    )  # fmt: skip


class WindowField(forms.ModelChoiceField):
    """Windows by system and time, as a person knows them."""

    def label_from_instance(self, window: Window) -> str:
        zone = settings.PLATFORM_TIME_ZONE
        when = time_words.span(window.starts_at, window.ends_at, zone)
        return f"{window.system}, {when} {time_words.abbreviation(clock.local(window.starts_at, zone))}"


class RideForm(forms.Form):
    window = WindowField(label="Window", queryset=Window.objects.none(), empty_label=None)

    def __init__(self, *args, now, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        open_windows = Window.objects.filter(state__in=("planned", "announced"), starts_at__gt=now)
        self.fields["window"].queryset = open_windows.select_related("system").order_by("starts_at")
