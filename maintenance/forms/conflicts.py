"""What is typed about a conflict."""

from django import forms

from maintenance.domain.conflicts import Kind


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind], widget=forms.HiddenInput)
    about = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why it may go on all the same",
        max_length=300,
        error_messages={"required": "Say why, in a few words."},
    )
