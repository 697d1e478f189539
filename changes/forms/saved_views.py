"""Naming a view of the list."""

from django import forms


class SavedViewForm(forms.Form):
    # Spaces count for the length as they will be kept.
    name = forms.CharField(label="Name", max_length=40, help_text="As it stands on the tab.")
    is_shared = forms.BooleanField(
        label="Share it with everybody", required=False, help_text="Everybody sees the tab, and who made it."
    )
