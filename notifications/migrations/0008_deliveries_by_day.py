"""The calendar counts the notices of a month by day: from an index, without reading the rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0007_rounds_that_look_first"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["due_at"],
                include=["milestone", "state", "window", "client"],
                name="deliveries_by_day",
            ),
        ),
    ]
