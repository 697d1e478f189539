from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_chat_addresses")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="is_contractual",
            field=models.BooleanField(
                default=False,
                help_text="The contract names this contact: it is told until client services take it off.",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="leave_asked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
