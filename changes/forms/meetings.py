"""When the board meets, as it is typed: the rule, and one meeting moved or cancelled."""

from typing import Any

from django import forms

from changeboard.people.models import Person
from changes.models import MeetingRule

TIME = {"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"})}
DAY = {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class RuleForm(forms.Form):
    weekday = forms.TypedChoiceField(label="Day", choices=MeetingRule.Weekday.choices, coerce=int)
    start_time = forms.TimeField(label="Begins at", **TIME)
    length_minutes = forms.IntegerField(label="Lasts", min_value=15, max_value=480)
    every_weeks = forms.IntegerField(
        label="Every how many weeks", min_value=1, max_value=12, help_text="1 is every week."
    )
    counted_from = forms.DateField(
        label="Counted from the week of", required=False, **DAY,
        help_text="A day of a week in which the board meets. Only needed when it does not meet every week.",
    )  # fmt: skip
    on_holiday = forms.ChoiceField(
        label="When that day is a public holiday", choices=MeetingRule.HOLIDAY_WORDS, widget=forms.RadioSelect
    )

    quorum_percent = forms.IntegerField(label="Members that a decision needs", min_value=1, max_value=100)
    quorum_groups = forms.IntegerField(label="Of how many groups at least", min_value=1, max_value=20)

    def __init__(self, data: Any, *, rule: MeetingRule) -> None:
        super().__init__(data, initial={name: getattr(rule, name) for name in self.base_fields})
        self.rule = rule

    def typed_rule(self) -> MeetingRule | None:
        """The rule as it is typed, for its preview; None while something is wrong with it."""
        if not self.is_bound:
            return self.rule
        if not self.is_valid():
            return None
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return MeetingRule(**{"counted_from": self.rule.counted_from, **given})


class SubstituteForm(forms.Form):
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Who sits in for you", empty_label="Choose",
        help_text="Somebody without a seat of their own.",
    )  # fmt: skip
    from_on = forms.DateField(label="From", **DAY)
    until_on = forms.DateField(label="Until, this day included", **DAY)

    def __init__(self, data: Any, *, member: Person) -> None:
        super().__init__(data)
        self.fields["person"].queryset = Person.objects.active().exclude(pk=member.pk)


class MoveForm(forms.Form):
    on = forms.DateField(label="Day", **DAY)
    start_time = forms.TimeField(label="Begins at", **TIME)
    reason = forms.CharField(label="Why", required=False, max_length=300, help_text="The members read it.")


class CancelForm(forms.Form):
    reason = forms.CharField(label="Why", required=False, max_length=300, help_text="The members read it.")
