from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_minutes_by_mail")]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="deliveries_that_are_due"),
        migrations.RemoveIndex(model_name="delivery", name="deliveries_under_lease"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "planned")),
                fields=["channel", "urgency", "try_at", "id"],
                name="deliveries_that_are_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sending")),
                fields=["channel", "lease_until", "id"],
                name="deliveries_under_lease",
            ),
        ),
    ]
