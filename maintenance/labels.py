"""The words of maintenance: reasons and history, told in one place."""

REASONS = {
    "window.act_not_legal": "This window is {state}: it cannot be {act}. Possible now: see below.",
    "window.overlaps": "{window} of the same system is on {on} already.",
    "window.day_taken": "{window} is released on {on}. Two systems never share a platform day.",
    "window.in_freeze": "{freeze} lies there, from {since} until {until}.",
    "window.in_soft_freeze": "{freeze} asks for quiet from {since} until {until}.",
    "window.over_budget": "{likely_worst} min at likely worst of {budget}: {over_by} over.",
    "window.off_cadence": "Its cadence would put it on {nearest}.",
    "window.far_off_cadence": "Its cadence has no date near it.",
    "window.same_service": "{one} and {other} both touch {services}.",
    "window.same_person": "{person} has steps of {changes} at once.",
    "window.no_go": "{clients} must not be hit on that day.",
    "window.no_go_for_many": "{clients} and {more} more must not be hit on that day.",
    "window.twice": "{clients}: hit by {window} on {day} too, in the same week.",
    "window.twice_for_many": "{clients} and {more} more: hit by {window} on {day} too, in the same week.",
    "window.short_lead": "{clients}: the contract asks for {days} days, {short} too few.",
    "window.short_lead_for_many": "{clients} and {more} more: contracts ask for up to {days} days, {short} too few.",
    "window.free_days": "Nearest free days: {days}.",
    "window.in_the_past": "{on} is over, or too close. Choose a later day.",
    "window.budget_exceeds_length": "The downtime budget cannot be longer than the window.",
    "window.hour_skipped": "{wall} does not exist on {on}: clocks go forward. The next time that does is {next}.",
    "window.hour_twice": "{wall} comes twice on {on}: clocks go back. Say which one is meant: {first} or {second}.",
    "window.look_first": "Somebody has to answer for what stands beside. Look at it, then press the button again.",
    "window.changed_meanwhile": "{window} was changed meanwhile. This is how it stands now.",
    "window.reason_missing": "Say why: whoever was told of the old date reads it.",
    "window.not_ready": "{title}: {detail}",
    "window.go_opens_later": "Go opens {at}.",
    "window.not_under_way": "The window is not under way.",
    "window.end_in_the_past": "The expected end must lie ahead.",
    "window.checks_open": "Still to check: {checks}.",
    "window.zones_move_nothing": "{window} lies where its wall time says: there is nothing to move.",
    "cadence.exists": "{system} has a cadence already.",
    "cadence.ended": "This cadence of {system} has ended.",
    "cadence.reason_missing": "Say why: it stands with every window that moves.",
    "cadence.other_consequences": "Windows changed meanwhile. This is what would move now.",
    "cadence.rule_unreadable": "This is no rule of RFC 5545. One looks like FREQ=MONTHLY;BYDAY=3TU.",
    "cadence.rule_part": "{part} does not belong here: the start has a field of its own, and people end a cadence.",
    "cadence.rule_frequency": "A cadence is weekly, monthly or yearly.",
    "cadence.no_dates": "This rule gives no date within a year.",
    "cadence.other_day": "{on} is a day of {system}’s cadence.",
    "share.more_than_the_budget": "Together that is {over} s more than the budget.",
    "share.without_a_purpose": "Say what each kept part is for.",
    "share.twice": "A purpose stands there twice.",
    "share.not_riding": "{label} does not ride on this window.",
    "share.reason_missing": "Say why.",
    "window.kept_exceeds_budget": "{kept} s are kept for a purpose. Give some of it back first.",
    "waiver.reason_missing": "Say why it may go on all the same: it stays on record with your name.",
    "waiver.nothing_to_accept": "Nothing of the kind stands against this window any more.",
    "waiver.too_late": "This window is under way or over: what was accepted stays accepted.",
    "freeze.ends_before_it_starts": "A freeze ends after it starts.",
    "freeze.is_over_already": "It would be over already: {until} is past.",
    "freeze.is_lifted": "{freeze} was lifted {at}. Declare a new one.",
    "freeze.look_first": "It hits windows: look at them, then declare it once more.",
    "run.another_step_runs": "Another step is running. Finish it first.",
    "run.step_is_over": "Step {position} is over.",
    "run.problem_without_words": "Say what is wrong.",
    "run.is_over": "This run is over.",
    "run.was_never_down": "The platform was not taken down.",
    "run.backout_without_reason": "Say why you turn back.",
    "run.empty_log_line": "Write something first.",
}

SURE = "Tell them at once: {clients}, {contacts}"

SENTENCES = {
    "feed.made": "Address of the own calendar feed made",
    "feed.ended": "Address of the own calendar feed ended",
    "window.made": "Window made",
    "window.moved": "Moved from {was} to {to}: {reason}",
    "window.changed": "Length or budget changed: {reason}",
    "window.impact_changed": "{reason}. Whoever was told is told of it",
    "window.followed": "Followed its cadence from {was} to {to}: {reason}",
    "window.zones_would_move": "Zone data {zone_data} would move the start from {was} to {to}",
    "window.cancelled": "Cancelled: {reason}",
    "window.split": "Downtime budget split: {reason}",
    "window.announced": "Announced: first client notice sent",
    "window.started": "Go",
    "window.downtime_started": "Downtime starts",
    "window.downtime_ended": "Downtime ends",
    "window.extended": "Expected end changed",
    "window.verifying": "Work over, verifying",
    "window.completed": "Done",
    "window.backed_out": "Backed out: {reason}",
    "window.waived": "Answered for “{what}”: {reason}",
    "window.waiver_withdrawn": "Answer taken back: “{what}”",
    "window.freeze_overridden": "Goes in spite of {freeze}: {reason}",
    "window.held": "Held by {freeze}",
    "window.released": "{freeze} holds it no more",
    "window.duty_named": "Duty {role}: {person}",
    "run.step_started": "Step {step} started: {text}",
    "run.step_done": "Step {step} done: {text}",
    "run.step_undone": "Step {step} undone: {text}",
    "run.problem": "Problem at step {step}: {words}",
    "run.logged": "{words}",
    "run.checked": "Checked: {text}",
    "freeze.declared": "Freeze declared: {name}",
    "freeze.changed": "Freeze changed: {name}",
    "freeze.lifted": "Freeze lifted: {name}",
    "cadence.begun": "Cadence begun: {rule} at {start}, {made} windows made",
    "cadence.changed": "Cadence changed, {moved} windows moved, {made} made: {reason}",
    "cadence.ended": "Cadence ended: {reason}",
    "cadence.left_out": "No window on {on}: no free day near it",
}

CONFLICTS = {
    "overlap": "Same system at once",
    "day_taken": "Two systems on one day",
    "freeze": "In a freeze",
    "over_budget": "Over budget",
    "off_cadence": "Off its cadence",
    "same_service": "Two changes on one service",
    "same_person": "A person on two things at once",
    "no_go": "A client’s no-go date",
    "twice_in_a_week": "A client hit twice in a week",
    "short_lead": "Less lead than a contract asks",
}
HELD = "Held by a freeze"
# What a pipeline is told that asks whether it may.
OPENING = {
    "under_way": "Go was said: work is under way.",
    "no_window": "No window is open.",
    "not_started": "The window is on, and Go has not been said.",
    "verifying": "Work is over and is being verified.",
    "frozen": "A hard freeze is on.",
}
OPEN_CONFLICTS = "{many} conflicts nobody answers for"
OVERRIDE, ANSWER = "Let it go in spite of the freeze", "Answer for it"
HELD_TO_DO = "Move it, cancel it, or let it go in spite of the freeze. Nobody is told of it meanwhile."
ANSWERED = "{many} answered for by name"
NO_CONFLICT = "Nothing stands against it"

# The clocks that the public page can show: those of the clients' country, and UTC.
PUBLIC_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "UTC",
)

# What readers from outside are told in calendars and news.
PUBLIC = {
    "of_all": "{platform}: maintenance",
    "of_systems": "{platform}: {systems} maintenance",
    "down": "{system} maintenance, down up to {length}",
    "up": "{system} maintenance",
    "cancelled": "Cancelled: {title}",
    "was": "Moved from {was}.",
    "stops": "{stops}: up to {length}.",
    "goes_on": "What goes on: {goes_on}.",
    "no_interruption": "We expect no interruption.",
    "took": "Done. It was down {took}.",
    "done": "Done.",
}
MAINTNOTE_STATUS = {
    "planned": "CONFIRMED",
    "under_way": "IN-PROCESS",
    "done": "COMPLETED",
    "cancelled": "CANCELLED",
}
# Names of CSS, the only colors that a calendar property takes (RFC 7986 section 5.9), by a system's mark.
CALENDAR_COLORS = {
    "square": "teal",
    "diamond": "darkviolet",
    "circle": "mediumvioletred",
    "triangle": "olive",
    "bar": "slategray",
}
# The headlines of the public news, by what happened.
NEWS = {
    "made": "{system} maintenance on {date}",
    "moved": "Moved: {system} maintenance is now on {date}",
    "followed": "Moved: {system} maintenance is now on {date}",
    "changed": "Changed: {system} maintenance on {date}",
    "cancelled": "Cancelled: {system} maintenance on {date}",
    "under_way": "Under way: {system} maintenance, {date}",
    "done": "Done: {system} maintenance, {date}",
    "no_longer": "No longer: {title}",
    "see_newer": "This date no longer holds.",
}
# A person's own calendar; the names of its sorts of entries stand in CATEGORIES.
OWN_FEED = {
    "of_all": "changeboard",
    "of_systems": "changeboard: {systems}",
    "window": "{system} release, {reference}",
    "freeze": "Freeze: {name}",
    "cancelled": "Cancelled: {title}",
    "lifted": "Lifted: {title}",
    "part": "Your part: {part}.",
    "riding": "{riding} riding on it.",
    "empty": "Nothing rides on it yet.",
    "windows": "Windows",
    "duties": "Duties",
    "freezes": "Freezes",
    "meeting": "Board",
    "condition": "Conditions",
    "change": "Changes",
}
# How often programs fetch a subscribed calendar, as their users report; no vendor promises anything.
PROGRAMS = (
    ("Google Calendar", "every 8 to 24 hours, whatever we ask; nobody can hurry it"),
    ("Outlook on the web", "about every 3 hours, sometimes after a day"),
    ("Outlook on the desktop", "every hour to once a day"),
    ("Apple Calendar", "every 5 minutes to once a week, as you set it"),
    ("Thunderbird", "every 30 minutes, as you set it"),
)
