"""The words of the notice policy: what its lines say, refusals and history."""

from notifications.domain.milestones import Audience, Milestone

# Whom an audience means.
CONCERNS: dict[str, str] = {
    Audience.CLIENTS: "Contacts of every client that uses the window’s system, or what a change on it touches.",
    Audience.INTERNAL: "The groups’ shared mailboxes in the house.",
    Audience.WIDER_CIRCLE: "The persons of the wider circle.",
}
# How a point in time is said; days ahead, minutes before, or what it follows.
ON_THE_DAY = "on the day, {hour:02d}:00, and two hours before the start at the latest"
DAY_BEFORE = "the day before, {hour:02d}:00"
DAYS_BEFORE = "{days} days before, {hour:02d}:00"
AT_SERVICE: dict[str, str] = {
    Milestone.STARTING: "{minutes} minutes before the start",
    Milestone.UNDER_WAY: "at the start",
    Milestone.EXTENDED: "when it runs over",
    Milestone.DONE: "after verifying",
}
BY = "by {channels}"
QUIET = "quiet: {name}"
QUIET_DAYS = "{first} to {last}"
NEW_VERSION = "Version {version}"

REFUSALS: dict[str, str] = {
    "policy.order_system_ahead": "Order systems are told at the point of service only. Choose another channel.",
    "policy.line_twice": "This is what line {other} says already.",
    "policy.two_times": "Line {other} asks for the same notice at another time. Say for which windows each is.",
    "policy.quiet_ends_first": "It ends before it begins.",
    "policy.quiet_too_long": "{most} days at most. Nobody would hear of anything.",
    "policy.changed_meanwhile": "Something changed meanwhile. This is what it would mean now.",
}
HISTORY: dict[str, str] = {
    "policy.saved": "{version} of the notice policy saved",
}
