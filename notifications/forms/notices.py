"""What is typed about notices. Parsing only: the verbs decide."""

from django import forms


class WordsForm(forms.Form):
    paragraph = forms.CharField(
        label="Paragraph for clients",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Stands in every notice of this window, in all of their words. No names, no patient data.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SignOffForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    reason = forms.CharField(label="Why they are not told", max_length=300, required=False)


class CallForm(forms.Form):
    note = forms.CharField(label="Who you spoke to, and what they said", max_length=300, required=False)


class AheadForm(forms.Form):
    until = forms.DateField(
        label="Until the end of", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
