"""What is typed when a window follows its wall time under new zone data."""

from django import forms

from maintenance.forms.windows import ReasonForm


class FollowForm(ReasonForm):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
