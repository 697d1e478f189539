"""Of two who edit a question, neither overwrites the other unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("changes", "0027_one_substitute_at_a_time")]

    operations = [
        migrations.AddField(
            model_name="riskquestion",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
