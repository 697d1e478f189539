from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("changes", "0004_board")]

    operations = [
        migrations.AddField(
            model_name="change",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        )
    ]
