import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """A cadence counts from a day; a window can begin at the second of two equal wall times; revisions keep
    the budget, and say when a window followed its cadence."""

    dependencies = [("maintenance", "0002_own_feeds")]

    operations = [
        migrations.AddField("cadence", "begins_on", models.DateField(default=datetime.date(2020, 1, 1))),
        migrations.AddField(
            "window",
            "later_of_two",
            models.BooleanField(
                default=False, help_text="That wall time comes twice on its day; this is the second one."
            ),
        ),
        migrations.AddField(
            "windowrevision", "budget_seconds", models.PositiveIntegerField(blank=True, null=True)
        ),
        migrations.AlterField(
            "windowrevision",
            "kind",
            models.CharField(
                choices=[
                    ("made", "Made"),
                    ("moved", "Moved"),
                    ("changed", "Length or budget changed"),
                    ("followed", "Followed its cadence"),
                    ("cancelled", "Cancelled"),
                ],
                max_length=10,
            ),
        ),
    ]
