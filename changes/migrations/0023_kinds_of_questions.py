"""Numbers and services may be asked for; a rule set may be looked at before it judges."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def put_in_force(apps, schema_editor):
    """Every rule set there was has judged at once."""
    apps.get_model("changes", "RuleSet").objects.update(in_force_at=models.F("made_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0022_minutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ruleset",
            name="in_force_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="ruleset",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="riskquestion",
            name="type",
            field=models.CharField(
                choices=[
                    ("text", "Text"),
                    ("seconds", "A length of time"),
                    ("text_and_seconds", "Text and a length of time"),
                    ("percent", "Per cent"),
                    ("choice", "One of the choices"),
                    ("number", "A number"),
                    ("services", "Services"),
                ],
                default="text",
                max_length=20,
            ),
        ),
        migrations.RunPython(put_in_force, migrations.RunPython.noop),
    ]
