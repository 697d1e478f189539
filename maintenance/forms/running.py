"""What is typed while a window runs."""

from django import forms

from maintenance.models import Outcome


class WordsForm(forms.Form):
    words = forms.CharField(label="Words", max_length=300)


class BackOutForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=300)
    sure = forms.BooleanField(label="I decide this for the team on the bridge")


class ExtendForm(forms.Form):
    minutes = forms.IntegerField(label="Back in", min_value=1, max_value=1440)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.BACKED_OUT],
        label="How it went",
        widget=forms.RadioSelect,
        initial=Outcome.AS_PLANNED,
    )
