from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maintenance", "0007_answers_to_conflicts")]

    operations = [
        migrations.AlterField(
            model_name="windowrevision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("made", "Made"),
                    ("moved", "Moved"),
                    ("changed", "Length or budget changed"),
                    ("followed", "Followed its cadence"),
                    ("impact", "What stops changed"),
                    ("cancelled", "Cancelled"),
                ],
                max_length=10,
            ),
        ),
    ]
