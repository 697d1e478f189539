"""Trouble after a change may have several records, and some come long after closing."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Func


def keep_the_one(apps, schema_editor):
    """What was named when closing is the first of the records."""
    named = apps.get_model("changes", "Change").objects.exclude(trouble_record="")
    named.update(trouble_records=Func(F("trouble_record"), template="ARRAY[%(expressions)s]"))


class Migration(migrations.Migration):
    dependencies = [("changes", "0023_kinds_of_questions")]

    operations = [
        migrations.RemoveConstraint(model_name="change", name="trouble_after_a_change_is_on_record"),
        migrations.AddField(
            model_name="change",
            name="trouble_records",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list, size=None
            ),
        ),
        migrations.RunPython(keep_the_one, migrations.RunPython.noop),
        migrations.RemoveField(model_name="change", name="trouble_record"),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("close_code__in", ["successful_with_issues", "unsuccessful"]), _negated=True),
                    ("trouble_records__len__gt", 0),
                    _connector="OR",
                ),
                name="trouble_after_a_change_is_on_record",
            ),
        ),
    ]
