"""A re-test says what was edited after it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0031_evidence_with_an_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="retest",
            name="outdated_why",
            field=models.TextField(blank=True),
        ),
    ]
