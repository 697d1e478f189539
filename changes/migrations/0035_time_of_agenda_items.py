"""How long an item was on everybody's screen, and how long it was given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("changes", "0034_parking_lot")]

    operations = [
        migrations.AddField(
            model_name="agendaitem", name="shown_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="agendaitem", name="spent_seconds", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="allotted_seconds",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
