"""The words of the rules of risk: refusals and history."""

REFUSALS: dict[str, str] = {
    "rule_set.in_force": "These rules are in force: scores were given by them. Begin a new version.",
    "rule_set.gone": "Somebody threw this version away meanwhile.",
}

HISTORY: dict[str, str] = {
    "rule_set.begun": "Begun as a copy of {source}",
    "rule_set.edited": "Edited",
    "rule_set.put_in_force": "Put in force",
    "rule_set.dropped": "Thrown away",
}

# What is judged beside the questions.
AFFECTED_CLIENTS = "Clients that use what it touches"
OTHER_CHOICES = "Any choice that has no line of its own"
