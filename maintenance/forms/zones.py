"""What is typed when a window follows its wall time under new zone data."""

from maintenance.forms.windows import DeliberateForm


class FollowForm(DeliberateForm):
    pass
