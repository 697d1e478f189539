"""The notice policy is saved whole, as a version. Lines say for which systems and channels they are, a notice may
lie on any day before a window, and there are quiet periods."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

AHEAD = [
    ("earliest", "Months ahead"),
    ("early", "Weeks ahead"),
    ("two_weeks", "Two weeks"),
    ("midway", "Over a week ahead"),
    ("one_week", "One week"),
    ("soon", "Days ahead"),
    ("day_before", "Day before"),
    ("day_of", "Day of"),
]
AT_SERVICE = [
    ("starting", "Starting"),
    ("under_way", "Under way"),
    ("extended", "Extended"),
    ("done", "Done"),
]
RETRACTIONS = [("moved", "Moved"), ("cancelled", "Cancelled")]
MILESTONES = [*AHEAD, *AT_SERVICE, *RETRACTIONS]
AUDIENCES = [("clients", "Clients"), ("internal", "Internal"), ("wider_circle", "Wider circle")]
CHANNELS = [
    ("email", "E-mail"),
    ("oms", "Order management system"),
    ("webhook", "Webhook"),
    ("phone", "Telephone, by hand"),
    ("in_app", "In changeboard"),
]
WHEN = [
    ("every_window", "Every window"),
    ("short_notice_only", "Windows with a short-notice change"),
    ("emergency_only", "Windows with an emergency change"),
    ("downtime_only", "Windows with downtime"),
    ("no_downtime_only", "Windows without downtime"),
]
DAYS = {
    "earliest": (31, 180),
    "early": (15, 30),
    "two_weeks": (14, 14),
    "midway": (8, 13),
    "one_week": (7, 7),
    "soon": (2, 6),
    "day_before": (1, 1),
    "day_of": (0, 0),
}


def first_version(apps, schema_editor):
    """What stands becomes version 1: lines out of use go, the others have the milestone of their days."""
    line = apps.get_model("notifications", "PolicyLine")
    line.objects.filter(active=False).delete()
    for row in line.objects.filter(milestone__in=list(DAYS)):
        row.days_before = min(row.days_before, 180)
        row.milestone = next(name for name, (least, most) in DAYS.items() if least <= row.days_before <= most)
        row.save(update_fields=["days_before", "milestone"])
    policy = apps.get_model("notifications", "NoticePolicy")
    line.objects.update(policy=policy.objects.create(version=1, saved_at=timezone.now()))
    # PostgreSQL changes no table while checks of its rows are outstanding.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_client_import"),
        ("notifications", "0011_client_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticePolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name_plural": "notice policies", "ordering": ["-version"]},
        ),
        migrations.CreateModel(
            name="QuietPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                (
                    "audiences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=AUDIENCES, max_length=16),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quiet_periods",
                        to="notifications.noticepolicy",
                    ),
                ),
            ],
            options={
                "ordering": ["first_on", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(last_on__gte=models.F("first_on")),
                        name="a_quiet_period_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="policyline", name="a_milestone_stands_once_in_a_policy"),
        migrations.RemoveConstraint(model_name="policyline", name="a_policy_knows_its_milestones"),
        migrations.AddField(
            model_name="policyline",
            name="policy",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="notifications.noticepolicy",
            ),
        ),
        migrations.AddField(
            model_name="policyline",
            name="channels",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=CHANNELS, max_length=10),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="policyline",
            name="minutes_before",
            field=models.PositiveSmallIntegerField(
                default=60, help_text="How long before the start *starting* is said."
            ),
        ),
        migrations.AddField(
            model_name="policyline",
            name="systems",
            field=models.ManyToManyField(blank=True, related_name="+", to="directory.system"),
        ),
        migrations.AlterField(
            model_name="policyline",
            name="milestone",
            field=models.CharField(choices=[*AHEAD, *AT_SERVICE], max_length=12),
        ),
        migrations.AlterField(
            model_name="policyline",
            name="when",
            field=models.CharField(choices=WHEN, default="every_window", max_length=20),
        ),
        migrations.RunPython(first_version, migrations.RunPython.noop, elidable=False),
        migrations.RemoveField(model_name="policyline", name="active"),
        migrations.AlterField(
            model_name="policyline",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="notifications.noticepolicy",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyline",
            constraint=models.CheckConstraint(
                condition=Q(milestone__in=[name for name, _ in (*AHEAD, *AT_SERVICE)]),
                name="a_policy_knows_its_milestones",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyline",
            constraint=models.CheckConstraint(
                condition=Q(
                    ~Q(milestone__in=list(DAYS)),
                    *(Q(milestone=name, days_before__range=days) for name, days in DAYS.items()),
                    _connector="OR",
                ),
                name="a_milestone_lies_where_its_name_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyline",
            constraint=models.CheckConstraint(
                condition=Q(minutes_before__range=(5, 720)), name="starting_is_said_before_the_start"
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="folded_into",
            field=models.CharField(blank=True, choices=MILESTONES, max_length=12),
        ),
        migrations.AlterField(
            model_name="delivery", name="milestone", field=models.CharField(choices=MILESTONES, max_length=12)
        ),
        migrations.AlterField(
            model_name="notice", name="milestone", field=models.CharField(choices=MILESTONES, max_length=12)
        ),
        migrations.AlterField(
            model_name="subscribermail",
            name="milestone",
            field=models.CharField(choices=[*MILESTONES, ("confirm", "Confirm")], max_length=12),
        ),
    ]
