"""The sequence behind CHG-0042: it never gives a number twice, not even after a rollback."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("changes", "0001_changes")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE changes_change_numbers AS integer OWNED BY changes_change.number",
            "DROP SEQUENCE changes_change_numbers",
        )
    ]
