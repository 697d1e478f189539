"""The words that a person reads for the codes of this app."""

from notifications.domain.ahead import Standing
from notifications.domain.backoff import Kind
from notifications.domain.chain import Kind as Sealed
from notifications.domain.lifecycle import Act, Report, State
from notifications.domain.milestones import Audience, Milestone, When

AUDIENCES: dict[str, str] = {
    Audience.CLIENTS: "Clients",
    Audience.INTERNAL: "Internal",
    Audience.WIDER_CIRCLE: "Wider circle",
}
WHEN: dict[str, str] = {
    When.EVERY_WINDOW: "Every window",
    When.SHORT_NOTICE_ONLY: "Windows with a short-notice change",
    When.EMERGENCY_ONLY: "Windows with an emergency change",
    When.DOWNTIME_ONLY: "Windows with downtime",
    When.NO_DOWNTIME_ONLY: "Windows without downtime",
}
MILESTONES: dict[str, str] = {
    Milestone.EARLIEST: "Months ahead",
    Milestone.EARLY: "Weeks ahead",
    Milestone.TWO_WEEKS: "Two weeks",
    Milestone.MIDWAY: "Over a week ahead",
    Milestone.ONE_WEEK: "One week",
    Milestone.SOON: "Days ahead",
    Milestone.DAY_BEFORE: "Day before",
    Milestone.DAY_OF: "Day of",
    Milestone.STARTING: "Starting",
    Milestone.UNDER_WAY: "Under way",
    Milestone.EXTENDED: "Extended",
    Milestone.DONE: "Done",
    Milestone.CHANGED: "Impact changed",
    Milestone.MOVED: "Moved",
    Milestone.CANCELLED: "Cancelled",
}
STATES: dict[str, str] = {
    State.PLANNED: "Due",
    State.SENDING: "Being sent",
    State.ACCEPTED: "Sent",
    State.OFFERED: "Offered",
    State.SEEN: "Shown",
    State.ACKNOWLEDGED: "Acknowledged",
    State.BOUNCED: "Bounced",
    State.FAILED: "Failed",
    State.HELD: "Held",
    State.SKIPPED: "Skipped",
    State.SUPERSEDED: "Superseded",
    State.WAIVED: "Waived",
}
# What one try, or a later report, says.
OUTCOMES: dict[str, str] = {
    Kind.ACCEPTED: "Accepted",
    Kind.OFFERED: "Offered",
    Kind.TEMPORARY: "Not now",
    Kind.PERMANENT: "Refused",
    Kind.UNCERTAIN: "No answer",
    Report.BOUNCED: "Bounced",
    Report.REJECTED: "Not sent on",
    Report.EXPIRED: "Given up",
    Report.COMPLAINED: "Complained of",
    Report.DELAYED: "Delayed",
    Report.DELIVERED: "Delivered",
    Report.SEEN: "Shown",
    Report.ACKNOWLEDGED: "Acknowledged",
}
# What an order system reported, as the ledger keeps it.
REPORTED: dict[str, str] = {
    Report.SEEN: "Shown at the point of service: {phase}, revision {sequence}, {actor}; key {key}…",
    Report.ACKNOWLEDGED: "Read at the point of service: {phase}, revision {sequence}, {actor}; key {key}…",
}
READ_HERE = "Read in changeboard by {person}"
REPORTED_AS: dict[str, str] = {State.SEEN: "shown", State.ACKNOWLEDGED: "read"}
NO_SCREEN = "no screen named"
# The figures of an evidence report, in its order.
TOTALS = ("Owed", "Told", "Late", "Not told", "Waived", "Said by another", "To come")
SEALED: dict[str, str] = {Sealed.ANSWER: "Answer", Sealed.ACT: "Act", Sealed.ROUND: "Round"}
# Where the chain over the proof is broken; `changed` names its own facts.
BREAKS: dict[str, str] = {
    "chain.content": "the link is not what was sealed: its digest does not fit its content",
    "chain.gap": "the link before it is missing: expected {expected}, {missing} gone",
    "chain.order": "the link does not follow the one before it",
    "chain.changed": "the row is not what was sealed",
    "chain.deleted": "the row {fact} that it seals is gone",
    "chain.afterwards": "it says {at}, but at {round} nothing was left to seal: it was put in afterwards",
    "chain.not_sealed": "row {fact} of {at} is in no link",
    "chain.no_answer": "it says that it was told at {at} (“{answer}”), and no such answer stands in the ledger",
    "chain.cut": "the chain does not know the head {head}: its end was cut off, or made anew",
}
# Where a milestone ahead of the start stands → its words, tone and drawing.
STANDINGS: dict[str, tuple[str, str, str]] = {
    Standing.TO_COME: ("Planned", "", "clock"),
    Standing.UNDER_WAY: ("{told} of {many} told", "now", "clock"),
    Standing.TOLD: ("Told, {told} of {many}", "ok", "check"),
    Standing.FAILED: ("Failed", "bad", "cross"),
    Standing.PASSED: ("Past: the lead was too short", "warn", "alert"),
}
# Which clients the coverage shows → the kinds of cell that put them there.
SHOWN: dict[str, str] = {
    "": "All clients",
    "problems": "Problems only",
    "untold": "Not told yet",
    "failed": "Failed or missed",
    "late": "Late",
    "held": "Held",
}
# A wave of notices, in the history of what rides on the window.
WAVE = "Notice of {window} sent, {milestone}: {many} told ({audience})"
# How a reader is greeted, by language: in the morning, in the afternoon, in the evening.
GREETINGS = {
    "en": ("Good morning", "Good afternoon", "Good evening"),
    "es": ("Buenos días", "Buenas tardes", "Buenas noches"),
    "fr": ("Bonjour", "Bonjour", "Bonsoir"),
    "de": ("Guten Morgen", "Guten Tag", "Guten Abend"),
    "it": ("Buongiorno", "Buon pomeriggio", "Buonasera"),
    "pt": ("Bom dia", "Boa tarde", "Boa noite"),
    "pl": ("Dzień dobry", "Dzień dobry", "Dobry wieczór"),
    "nl": ("Goedemorgen", "Goedemiddag", "Goedenavond"),
}

# Why a window has another revision at the same times.
IMPACT_REASON = "What stops changed: {services}"
WORDS_REASON = "The words for clients changed"
WHOLE_SYSTEM = "the system as a whole"

# What was said of something that is another now.
CORRECTED = {
    "down": "Down for up to {length}",
    "up": "No interruption expected",
    "as_usual": "As usual",
}

# What stands for {{client}} where no single client reads, and for {{length}} where nothing goes down.
ANY_CLIENT = "[client]"
NO_LENGTH = "no time at all"

# Why a question whether an address is right was not sent.
ANOTHER_ADDRESS = "not sent: another address stands there by now"

REASONS: dict[str, str] = {
    "folded": "Said by a newer notice",
    "too_late": "Too late to be of use",
    "told_before": "Told before, for the same time",
    "over": "The work was over",
    "waived_before": "Waived before, for the same time",
    "revision": "The window was moved, changed or cancelled",
    "not_wanted": "No longer asked for",
}
ACTS: dict[str, str] = {
    Act.HOLD: "hold",
    Act.RELEASE: "release",
    Act.RESEND: "resend",
    Act.WAIVE: "waive",
    Act.LOG_CALL: "log a call",
}
# The same with all notices to clients of one milestone.
TOGETHER: dict[str, str] = {
    Act.HOLD: "Hold the {many} of “{milestone}” that wait",
    Act.RELEASE: "Release the {many} of “{milestone}” that are held",
    Act.RESEND: "Send the {many} of “{milestone}” that failed again",
    Act.WAIVE: "Waive the {many} of “{milestone}” that failed",
}
REFUSALS: dict[str, str] = {
    **{
        f"delivery.cannot_{act.value}": f"This notice is {{state}}: it cannot be {word} now."
        for act, word in (
            (Act.HOLD, "held"),
            (Act.RELEASE, "released"),
            (Act.RESEND, "sent again"),
            (Act.WAIVE, "waived"),
            (Act.LOG_CALL, "told by a call"),
        )
    },
    "delivery.others_meanwhile": "Others were added or dealt with meanwhile: there are {many} now. Look again.",
    "delivery.too_late": "This notice was of use until {not_after}. Call them instead.",
    "delivery.another_way": "{name} is told by another channel now. What is still to be told goes out by that one.",
    "delivery.work_is_over": "The work is over. What they are told now is that it is done.",
    "delivery.moved_meanwhile": "The window was moved since: a notice of the new date is on its way.",
    "delivery.needs_reason": "Say why, in a few words.",
    "words.sign_own": "Whoever wrote the paragraph does not sign it off. Ask a colleague in marketing.",
    "words.nothing_to_sign": "There is no paragraph to sign off yet.",
    "words.unknown_placeholder": "{unknown} is no placeholder. These are: {legal}.",
    "words.nothing_to_tell": "Nothing differs from what was told: somebody has decided it already.",
    "words.others_by_now": "The words changed meanwhile. Read the difference again before you decide.",
    "words.written_meanwhile": "Somebody changed the paragraph meanwhile. What stands now is above: save again to "
    "put yours in its place.",
    "words.edited_meanwhile": "Somebody changed the paragraph meanwhile. Read it again before signing.",
    "notice.test_not_taken": "The mail server did not take it: {answer}",
    "address.no_mail": "No mail reaches this contact. Call instead.",
    "address.asked_lately": "This address was asked by mail within the last week. Call instead.",
    "subscriber.not_told": "This address is told nothing. Ask anew on the maintenance page.",
    "report.too_early": "This mail is being sent at this moment. Tell it again in a minute.",
    "backlog.none": "Nothing is stopped.",
    "shown.unknown_window": "This client is told nothing about such a window.",
}
SENTENCES: dict[str, str] = {
    "notice.held": "Notice held: {milestone} to {contact}{because}",
    "notice.released": "Notice released: {milestone} to {contact}{because}",
    "notice.resent": "Notice sent again: {milestone} to {contact}{because}",
    "notice.waived": "Notice waived: {milestone} to {contact}. {reason}",
    "notice.called": "Told by a call: {contact}. {note}",
    "notice.bounced": "Notice came back: {milestone} to {contact}. {words}",
    "notice.test_sent": "Test of the notice sent to {address}",
    "client.feed_made": "Address of the client’s calendar made",
    "client.feed_ended": "Address of the client’s calendar ended",
    "silence.settled": "Seen that no notice could go out since {since}",
    "notice.backlog_released": "Backlog of {waiting} notices let go",
    "contact.asked_to_confirm": "{contact} asked by mail whether {address} is right",
    "words.written": "Client paragraph worded",
    "words.signed": "Client paragraph signed off",
    "words.only_to_come": "Other words for clients: in notices still to come only",
}

# What a client's calendar is called in a program that shows many.
CLIENT_FEED = "{platform}: maintenance for {client}"


def choices(names: dict[str, str]) -> list[tuple[str, str]]:
    """A label table as a field's choices, in plain strings: a migration names no code of ours."""
    return [(str(code), name) for code, name in names.items()]
