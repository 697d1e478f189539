import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("maintenance", "0006_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="waiver", name="one_waiver_a_refusal"),
        migrations.AddField(
            model_name="waiver", name="about", field=models.CharField(blank=True, max_length=120)
        ),
        migrations.AddField(
            model_name="waiver", name="parts", field=models.JSONField(blank=True, default=list)
        ),
        migrations.AddField(
            model_name="waiver",
            name="weight",
            field=models.IntegerField(blank=True, help_text="None: whatever it came to.", null=True),
        ),
        migrations.AddField(
            model_name="waiver", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="waiver",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("window", "code", "about", "revision"),
                name="one_waiver_a_conflict",
            ),
        ),
    ]
