"""A fence changes no column of an index, and a page keeps room for what it writes: one version more, no index touched."""

from django.db import migrations, models
from django.db.models import Q

ROOM = "ALTER TABLE notifications_delivery SET (fillfactor = %s)"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0018_silences")]
    operations = [
        migrations.RemoveIndex("delivery", "deliveries_under_lease"),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["channel", "id"], name="deliveries_under_lease", condition=Q(state="sending")
            ),
        ),
        migrations.RunSQL(ROOM % 60, ROOM % 100),
    ]
