"""The words that a person reads for the codes of this app."""

from changes.domain.lifecycle import State

STATES: dict[str, str] = {
    State.DRAFT: "Draft",
    State.SUBMITTED: "Submitted",
    State.IN_REVIEW: "In review",
    State.DEFERRED: "Deferred",
    State.APPROVED: "Approved",
    State.REJECTED: "Rejected",
    State.SCHEDULED: "Scheduled",
    State.IN_PROGRESS: "In progress",
    State.VERIFYING: "Verifying",
    State.IMPLEMENTED: "Implemented",
    State.BACKED_OUT: "Backed out",
    State.CLOSED: "Closed",
    State.WITHDRAWN: "Withdrawn",
}

ACTS: dict[str, str] = {
    "edit": "edit",
    "submit": "submit",
    "preapprove": "approve by template",
    "place": "put on an agenda",
    "defer": "defer",
    "approve": "approve",
    "reject": "reject",
    "ride": "put on a window",
    "unride": "take off its window",
    "review_again": "send back to review",
    "start": "start",
    "verify": "verify",
    "implement": "record as implemented",
    "back_out": "back out",
    "close": "close",
    "withdraw": "withdraw",
}

REFUSALS: dict[str, str] = {
    "change.act_not_legal": "This cannot be done to a change that is “{state}”.",
    "change.no_title": "Say what will change.",
    "change.no_why": "Say why, and why now.",
    "change.no_systems": "Choose at least one system.",
    "change.unanswered": "Answer “{question}”",
    "change.no_test_statement": "Say how it was tested.",
    "change.service_without_seconds": "Say for how long this service is affected at worst, like 0:30.",
    "change.regulated_without_which": "Say which regulated function is touched.",
    "change.no_steps": "Plan at least one step.",
    "change.step_without_undo": "Say how step {step} is undone.",
    "change.step_without_text": "Say what is done in step {step}, or remove it.",
    "change.plan_is_down_for_longer": "The steps that need downtime take longer ({steps} s) than "
    "this answer ({planned} s).",
    "change.worst_is_better_than_plan": "The worst case cannot be shorter than the planned downtime.",
    "change.confidence_out_of_range": "Confidence is between 0 and 100 %.",
    "change.window_is_not_open": "This window is over, cancelled or under way. Choose one that is to come.",
    "wish.change_has_begun": "The change has begun or is over: it needs no window.",
    "wish.reason_missing": "Say why: whoever asked for it reads it.",
    "wish.not_a_slot": "This is no slot. Choose one from the list.",
    "change.edited_meanwhile": "Somebody saved this change after you opened it. What you typed is still here."
    " Open the change in another tab, compare, and save again from there.",
    "change.approved_for_another_window": "The board approved this change for {window}. Edit it to ask for "
    "another window; the board then looks again.",
    "change.would_be_short_notice": "On {window} this would be a short-notice change, and the board has not "
    "seen it so. Edit it to ask for this window.",
    "change.comment_is_empty": "Write something.",
    "change.comment_is_settled": "A comment can be edited for 15 minutes. Write another one below it.",
    "change.comment_is_withdrawn": "This comment was withdrawn.",
    "change.nobody_is_called": "Nobody here has the user name {name}. If nobody is meant, put it between "
    "`backticks`.",
    "change.unknown_placeholder": "{unknown} is no placeholder. These are: {legal}.",
    "change.no_paragraph_to_sign": "There is no paragraph for clients yet.",
    "change.own_change": "Nobody approves their own change.",
    "change.not_an_emergency": "Only an emergency change is approved this way.",
    "change.approved_once_already": "You have approved this change already. It needs a second board member.",
    "change.no_such_question": "There is no question “{key}”.",
    "change.not_among_the_choices": "Choose one of: {choices}.",
}

RISK: dict[str, str] = {
    "risk.confidence": "{confidence} confident that it goes as planned",
    "risk.planned_down.worst_down": "Down for {planned_down} as planned, {worst_down} at worst",
    "risk.affected_clients": "{affected_clients} clients use what it touches",
    "risk.undo": "Undone within {undo}",
    "risk.vpn.no": "VPN tunnels stay up",
    "risk.vpn.at_worst": "VPN tunnels may be interrupted if it goes wrong",
    "risk.vpn.as_planned": "VPN tunnels are interrupted",
    "risk.images.no": "Image ingestion goes on",
    "risk.images.at_worst": "Image ingestion may stop if it goes wrong",
    "risk.images.as_planned": "Image ingestion stops",
    "risk.telephones.no": "Telephones and web conferencing are not touched",
    "risk.telephones.at_worst": "Telephones or web conferencing may drop if it goes wrong",
    "risk.telephones.as_planned": "Telephones or web conferencing drop",
    "risk.lower.confidence": "A confidence of {answer}",
    "risk.lower.planned_down": "A planned downtime of {answer}",
    "risk.lower.worst_down": "A worst case of {answer}",
    "risk.lower.undo": "A way to undo it within {answer}",
}

RULES: dict[str, str] = {
    "rules.ladder_or_choices": "“{question}” needs figures with points, or choices with points.",
    "rules.points_out_of_range": "“{question}”: points go from 0 to 5.",
    "rules.steps_out_of_order": "“{question}”: each line begins at a higher figure than the one before.",
    "rules.less_for_worse": "“{question}”: what is worse never gives fewer points.",
    "rules.no_axis": "Nothing is judged for {axis}.",
    "rules.not_asked": "“{question}” is out of use: put it back first, or judge it no more.",
    "rules.judged_twice": "“{question}” is judged twice.",
    "rules.levels_incomplete": "There are four levels: low, moderate, high, critical.",
    "rules.levels_out_of_order": "Levels begin at 1 or below, and each begins above the one before.",
    "rules.levels_out_of_reach": "The highest score is 25: no level begins above it.",
}

BY_NEWER = "{rule_set} is in force now: by it this would be {level}, {score}. Saving an edit scores it anew."

LIKELIHOODS = {1: "rare", 2: "unlikely", 3: "possible", 4: "likely", 5: "almost certain"}
IMPACTS = {1: "negligible", 2: "minor", 3: "noticeable", 4: "major", 5: "severe"}

IDENTIFIERS: dict[str, str] = {
    "social_security_number": "a social security number",
    "medical_record_number": "a medical record number",
    "accession_number": "an accession number",
    "date_of_birth": "a date of birth",
    "patient_name": "a patient’s name",
}

HISTORY: dict[str, str] = {
    "change.filed": "Filed",
    "change.copied": "Begun as a copy of {source}",
    "change.edited": "Edited",
    "change.submitted": "Submitted to the board",
    "change.short_notice_started": "Short-notice playbook started: it may disturb the platform, and the "
    "window is sooner than six months",
    "change.preapproved": "Approved by its template, {template}",
    "change.sent_back": "Back in review: something material was edited",
    "change.scheduled": "Scheduled on {window}",
    "change.window_wished": "Asked for a new window of {system}: {on}, {hour}",
    "change.window_wish_declined": "No new window {wish}: {reason}",
    "change.window_wish_taken_back": "Wish for a window taken back: {wish}",
    "change.unscheduled": "Taken off {window}",
    "change.withdrawn": "Withdrawn",
    "change.window_moved": "{window} moved",
    "change.window_cancelled": "{window} was cancelled: no window now",
    "change.in_progress": "In progress on {window}",
    "change.verifying": "Done on {window}, being verified",
    "change.implemented": "Implemented on {window}",
    "change.backed_out": "Backed out on {window}",
    "change.commented": "Wrote in the discussion",
    "change.comment_edited": "Edited a comment",
    "change.comment_withdrawn": "Withdrew a comment",
    "change.paragraph_worded": "Worded the paragraph for clients",
    "change.paragraph_kept": "Kept the paragraph for clients as it is, after the impacts had changed",
    "change.paragraph_signed": "Signed off the paragraph for clients",
    "change.emergency_approved": "Approved as an emergency, {count} of 2",
    "change.approved_as_emergency": "Approved by two board members as an emergency",
}

FIELDS: dict[str, str] = {
    "title": "What will change",
    "why": "Why, and why now",
    "kind": "Kind",
    "systems": "Systems",
    "services": "Services",
    "meanwhile": "What to do meanwhile",
    "queues": "Queues that must drain",
    "fallbacks": "Read-only fallback",
    "regulated": "Regulated function touched",
    "regulated_which": "Which regulated function",
    "steps": "Plan",
    "owners": "Owners of steps",
    "window": "Window",
    "client_paragraph": "Paragraph for clients",
    "template": "Template",
    "comment": "Comment",
}

# act → drawing in the history.
GLYPHS: dict[str, str] = {
    "filed": "edit",
    "edited": "edit",
    "submitted": "check",
    "short_notice_started": "bolt",
    "preapproved": "check",
    "approved": "check",
    "approved_as_emergency": "check",
    "emergency_approved": "check",
    "sent_back": "undo",
    "circle_reminded": "bell",
    "circle_asked_again": "undo",
    "group_objected": "cross",
    "deferred": "undo",
    "rejected": "cross",
    "scheduled": "cal",
    "unscheduled": "cal",
    "window_moved": "cal",
    "window_cancelled": "cal",
    "withdrawn": "minus",
    "in_progress": "play",
    "verifying": "seen",
    "implemented": "check",
    "backed_out": "undo",
    "closed": "check",
    "commented": "talk",
    "comment_edited": "edit",
    "comment_withdrawn": "minus",
    "attached": "doc",
    "attachment_removed": "minus",
    "paragraph_worded": "mail",
    "paragraph_kept": "mail",
    "paragraph_signed": "shield",
}


FALLBACK: dict[str, str] = {"yes": "can still be read", "no": "no read-only fallback"}


def length(seconds: int) -> str:
    """Seconds as minutes and seconds, 0:30."""
    return f"{seconds // 60}:{seconds % 60:02d}"


# What waits for a person: code → (title, what its button says).
WAITING: dict[str, tuple[str, str]] = {
    "complete": ("Finish and submit: {title}", "Open"),
    "answer": ("Answer a question on: {title}", "Answer"),
    "verify": ("Verify an answer on: {title}", "Read it"),
    "deferred": ("Answer the board and come back: {title}", "Open"),
    "ride": ("Put on a window: {title}", "Choose"),
    "vote": ("Vote on: {title}", "Vote"),
    "condition": ("Meet the board’s condition: {title}", "Record it"),
    "condition_overdue": ("Overdue: meet the board’s condition: {title}", "Record it"),
    "sign_off": ("Agree for your group: {title}", "Open"),
    "sign_paragraph": ("Sign off the words for clients: {title}", "Read them"),
    "emergency": ("Approve or leave an emergency: {title}", "Open"),
    "review": ("Review and close: {title}", "Review"),
    "emergency_told": ("Emergency under way: {title}", "Read it"),
    "review_overdue": ("The review of an emergency is overdue: {title}", "Open"),
    "template_suspended": ("Your template is suspended after a failure: {title}", "Look at it"),
    "wish_waits": ("Plan a window, or decline: {title}", "See the day"),
    "wish_made": ("A window is planned where you asked: {title}", "Ask for it"),
    "overdue": ("Still in progress, an hour past its window: {title}", "Open"),
    "untouched": ("Lies untouched, move it on: {title}", "Open"),
}

# What stands in a person's own calendar.
OWN = {"meeting": "Change board", "condition": "Condition due, {change}"}
