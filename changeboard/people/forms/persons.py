"""What people type about themselves, and administrators about people."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from changeboard.people.forms.zones import all_zones
from changeboard.people.models import Group, MailChoice, Person, Role, Scope


class ProfileForm(forms.Form):
    first_name = forms.CharField(label="First name", max_length=80, required=False)
    last_name = forms.CharField(label="Last name", max_length=80)
    email = forms.EmailField(label="E-mail")
    time_zone = forms.ChoiceField(label="Time zone", choices=all_zones)


def hour_choices():
    return [(hour, f"{hour % 12 or 12}:00 {'AM' if hour < 12 else 'PM'}") for hour in range(24)]


class MailForm(forms.Form):
    """How one is told by mail of what concerns one."""

    mail = forms.ChoiceField(label="Mail about my changes", choices=MailChoice.choices)
    digest_hour = forms.TypedChoiceField(label="Daily mail at", choices=hour_choices, coerce=int)
    digest_every_day = forms.TypedChoiceField(
        label="Daily mail on",
        choices=[("no", "Monday to Friday"), ("yes", "Every day")],
        coerce=lambda typed: typed == "yes",
    )


class PasswordForm(forms.Form):
    """The present password and a new one, twice. Typed passwords are never shown again."""

    present = forms.CharField(
        label="Present password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="New password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 8 characters, not a common one, and not your name.",
    )
    again = forms.CharField(
        label="New password, again", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, person: Person, *args, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_present(self):
        if not self.person.check_password(self.cleaned_data["present"]):
            raise ValidationError("This is not your present password.")

    def clean_new(self):
        validate_password(self.cleaned_data["new"], self.person)
        return self.cleaned_data["new"]

    def clean(self):
        if "new" in self.cleaned_data and self.cleaned_data["new"] != self.cleaned_data.get("again"):
            self.add_error("again", "The two new passwords differ.")
        return {name: value for name, value in self.cleaned_data.items() if name == "new"}


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Roles", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    group = forms.ModelChoiceField(
        label="Group of the wider circle", queryset=Group.objects.all(), required=False, empty_label="None"
    )


class PersonForm(RolesForm):
    """A new person."""

    username = forms.SlugField(label="User name", max_length=60, help_text="Letters, digits and hyphens.")
    first_name = forms.CharField(label="First name", max_length=80, required=False)
    last_name = forms.CharField(label="Last name", max_length=80)
    email = forms.EmailField(label="E-mail")
    time_zone = forms.ChoiceField(label="Time zone", choices=all_zones)

    field_order = ["username", "first_name", "last_name", "email", "time_zone", "group", "roles"]


class KeyForm(forms.Form):
    name = forms.CharField(label="What it is for", max_length=80)
    scopes = forms.MultipleChoiceField(
        label="What it may do", choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
