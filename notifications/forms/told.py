"""What is looked for in what a client was told."""

from django import forms


def day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ToldForm(forms.Form):
    window = forms.CharField(label="Window", max_length=20, required=False)
    first = forms.DateField(label="From", widget=day(), required=False)
    last = forms.DateField(label="Until", widget=day(), required=False)
