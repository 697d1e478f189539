import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A window's downtime budget can be split, and part of it kept for a purpose."""

    dependencies = [("maintenance", "0003_cadence_begins")]

    operations = [
        migrations.AddField(
            "window",
            "kept_seconds",
            models.PositiveIntegerField(default=0, help_text="Of the budget, for what does not ride yet."),
        ),
        migrations.AddConstraint(
            "window",
            models.CheckConstraint(
                condition=models.Q(("kept_seconds__lte", models.F("budget_seconds"))),
                name="no_more_is_kept_than_the_budget",
            ),
        ),
        migrations.CreateModel(
            name="BudgetShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=200)),
                ("seconds", models.PositiveIntegerField()),
                ("source_kind", models.CharField(blank=True, max_length=40)),
                ("source_id", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="maintenance.window",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seconds__gt", 0)), name="a_share_is_some_seconds"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_id", None), ("source_kind", "")),
                            models.Q(
                                models.Q(("source_kind", ""), _negated=True), ("source_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_share_has_a_source_or_a_purpose",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_kind", ""), _negated=True),
                        fields=("window", "source_kind", "source_id"),
                        name="one_share_a_source",
                    ),
                ],
            },
        ),
    ]
