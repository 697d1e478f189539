"""The nine questions and the first rule set that ship (PRODUCT.md section 4)."""

from django.db import migrations

TOUCH = [["no", "No"], ["at_worst", "Only if it goes wrong"], ["as_planned", "Yes, as planned"]]

QUESTIONS = [
    ("planned_down", "How long will the platform be down?", "", "seconds", []),
    ("worst_down", "If it goes wrong, what is the worst case?", "What people would notice, and for how long.",
     "text_and_seconds", []),
    ("confidence", "How confident are you that it goes as planned?", "", "percent", []),
    ("testing", "How was it tested?", "", "text", []),
    ("telephones", "Does it touch web conferencing or telephones?", "", "choice", TOUCH),
    ("vpn", "Could it interrupt VPN tunnels?", "", "choice", TOUCH),
    ("images", "Is image ingestion affected?", "", "choice", TOUCH),
    ("undo", "How is it undone, and how long does that take?", "The board asks this first.",
     "text_and_seconds", []),
    ("clients", "Which clients notice?", "", "text", []),
]  # fmt: skip

RULES = {
    "likelihood_by_confidence": [[0, 5], [50, 4], [75, 3], [90, 2], [99, 1]],
    "impact_by_planned_seconds": [[1, 1], [301, 2], [901, 3]],
    "impact_by_worst_seconds": [[61, 1], [301, 2], [901, 3]],
    "impact_by_undo_seconds": [[301, 1], [901, 2]],
    "impact_by_clients": [[10, 1], [200, 2]],
    "impact_by_touch": {"no": 0, "at_worst": 1, "as_planned": 2},
    "levels": [[0, "low"], [5, "moderate"], [10, "high"], [17, "critical"]],
}


def ship(apps, schema_editor):
    question = apps.get_model("changes", "RiskQuestion")
    for position, (key, text, help_text, kind, choices) in enumerate(QUESTIONS, start=1):
        question.objects.create(
            key=key, text=text, help=help_text, type=kind, choices=choices, position=position
        )
    apps.get_model("changes", "RuleSet").objects.create(version=1, rules=RULES)


def take_back(apps, schema_editor):
    apps.get_model("changes", "RiskQuestion").objects.filter(answers=None).delete()
    apps.get_model("changes", "RuleSet").objects.filter(changes=None).delete()


class Migration(migrations.Migration):
    dependencies = [("changes", "0002_reference_numbers")]

    operations = [migrations.RunPython(ship, take_back)]
