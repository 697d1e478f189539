"""The notice policy that ships (PRODUCT.md section 6). From here on it is data, edited in the browser."""

from django.db import migrations

EVERY, SHORT = "every_window", "short_notice_only"
SHIPPED = [
    ("clients", EVERY, "two_weeks", 14),
    ("clients", EVERY, "day_before", 1),
    ("clients", EVERY, "starting", 0),
    ("clients", EVERY, "under_way", 0),
    ("clients", EVERY, "extended", 0),
    ("clients", EVERY, "done", 0),
    ("internal", EVERY, "two_weeks", 14),
    ("internal", EVERY, "day_before", 1),
    ("internal", SHORT, "two_weeks", 14),
    ("internal", SHORT, "one_week", 7),
    ("internal", SHORT, "day_of", 0),
    ("wider_circle", SHORT, "two_weeks", 14),
    ("wider_circle", SHORT, "one_week", 7),
    ("wider_circle", SHORT, "day_of", 0),
]


def ship(apps, schema_editor):
    line = apps.get_model("notifications", "PolicyLine")
    line.objects.bulk_create(
        line(audience=audience, when=when, milestone=milestone, days_before=days, local_hour=9)
        for audience, when, milestone, days in SHIPPED
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_notifications")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop, elidable=False)]
