"""Indexes that others cover, or that only a deleted person would ask for: each costs every mail three writes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


def person(name: str, model: str = "delivery") -> migrations.AlterField:
    field = models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )
    return migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0016_mail_reports")]
    operations = [
        migrations.RemoveIndex("delivery", "deliveries_of_a_window"),
        migrations.AlterField(
            "delivery",
            "client",
            models.ForeignKey(
                blank=True, db_index=False, null=True, on_delete=PROTECT, related_name="deliveries",
                to="directory.client",
            ),
        ),
        migrations.AlterField(
            "delivery",
            "window",
            models.ForeignKey(
                db_index=False, on_delete=PROTECT, related_name="deliveries", to="maintenance.window"
            ),
        ),
        person("held_by"),
        person("settled_by"),
        person("by", "attempt"),
    ]  # fmt: skip
