import django.db.models.deletion
from django.db import migrations, models

MILESTONES = [
    ("earliest", "Months ahead"),
    ("early", "Weeks ahead"),
    ("two_weeks", "Two weeks"),
    ("midway", "Over a week ahead"),
    ("one_week", "One week"),
    ("soon", "Days ahead"),
    ("day_before", "Day before"),
    ("day_of", "Day of"),
    ("starting", "Starting"),
    ("under_way", "Under way"),
    ("extended", "Extended"),
    ("done", "Done"),
    ("changed", "Impact changed"),
    ("moved", "Moved"),
    ("cancelled", "Cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("maintenance", "0008_impact_revisions"),
        ("notifications", "0014_chat_channel"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="folded_into",
            field=models.CharField(blank=True, choices=MILESTONES, max_length=12),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="milestone",
            field=models.CharField(choices=MILESTONES, max_length=12),
        ),
        migrations.AlterField(
            model_name="notice",
            name="milestone",
            field=models.CharField(choices=MILESTONES, max_length=12),
        ),
        migrations.AlterField(
            model_name="subscribermail",
            name="milestone",
            field=models.CharField(choices=[*MILESTONES, ("confirm", "Confirm")], max_length=12),
        ),
        migrations.CreateModel(
            name="ToldImpact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("effects", models.JSONField(blank=True, default=list)),
                ("passages", models.JSONField(blank=True, default=list)),
                ("riding", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField()),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told_impacts",
                        to="maintenance.window",
                    ),
                ),
            ],
            options={"ordering": ["window", "revision"]},
        ),
        migrations.AddConstraint(
            model_name="toldimpact",
            constraint=models.UniqueConstraint(fields=("window", "revision"), name="one_impact_a_revision"),
        ),
    ]
