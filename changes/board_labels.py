"""The words of the board, the playbook and the review: refusals and history."""

REFUSALS: dict[str, str] = {
    "meeting.is_over": "This meeting has ended.",
    "attendance.no_seat": "Only members of the board are on its roll.",
    "meeting.has_begun": "This meeting has begun.",
    "meeting.is_cancelled": "This meeting is cancelled.",
    "meeting.no_reason": "Say why: the members read it.",
    "meeting.in_the_past": "This time has passed.",
    "meeting.same_time": "It is held at this time already.",
    "meeting.day_taken": "Another meeting stands on {on}. Choose another day.",
    "meeting.none_ahead": "The rule gives no meeting in the next two years: the chair can change it.",
    "meeting_rule.counted_from_when": "Give a day of a week in which the board meets.",
    "meeting.is_not_live": "This meeting is not in session.",
    "question.empty": "Write the question.",
    "question.empty_answer": "Write the answer.",
    "question.not_answered": "There is no answer to verify yet.",
    "question.own_answer": "Somebody else than the author of the answer and the requester must verify it.",
    "vote.own_change": "Nobody votes on their own change, nor does a substitute whom its requester named.",
    "vote.no_seat": "Only members of the board vote, or whoever sits in for one today.",
    "vote.objection_without_reason": "Say why you object.",
    "decision.own_change": "Nobody decides on their own change. Let the deputy lead this item.",
    "decision.no_quorum": "No quorum: {present} present of {needed} needed, {groups} groups of "
    "{groups_needed} needed. Missing: {missing}.",
    "decision.against_the_votes": "{object} object and {approve} approve: the board has not approved this.",
    "decision.nobody_approved": "Nobody has voted to approve.",
    "decision.no_conditions": "Write at least one condition, with who and by when.",
    "decision.empty_condition": "A condition needs words.",
    "decision.defer_without_words": "Say what has to be answered first.",
    "item.gone": "This is no longer on the agenda.",
    "decision.nothing_to_decide": "There is nothing to decide in this item.",
    "decision.already_taken": "Decided already, by {by}, {at}.",
    "change.emergency_objected": "{by} objects: “{reason}”. It waits for the board unless that is taken back.",
    "condition.no_evidence": "Say how you know that it is met.",
    "minutes.not_over": "The minutes are drawn up when the meeting ends.",
    "minutes.are_approved": "These minutes were approved {at}: nobody changes them any more.",
    "minutes.empty_entry": "The minutes must say something here.",
    "minutes.need_a_meeting": "The board approves them in its next meeting. None is in session.",
    "minutes.empty_note": "Write something.",
    "sign_off.other_group": "Only somebody of {group} agrees for it.",
    "sign_off.no_reason": "Say why your group objects.",
    "sign_off.nobody_to_remind": "Every group has agreed.",
    "sign_off.own_change": "The requester does not agree for their own group.",
    "playbook.stage_follows": "This step follows from what happens; there is nothing to record.",
    "playbook.no_paragraph": "Word the paragraph for clients first.",
    "retest.own_change": "Somebody else than the requester repeats the test.",
    "retest.no_words": "Say what was seen.",
    "review.too_early": "It has not been carried out yet.",
    "review.no_words": "Say what was learned.",
    "close.no_code": "Choose how it went.",
    "close.no_record": "Name the record of the trouble.",
    "close.no_review": "An emergency is closed after its review.",
}

HISTORY: dict[str, str] = {
    "change.placed": "On the agenda of the board",
    "change.approved": "Approved by the board. {sentence}",
    "change.deferred": "Deferred by the board: {sentence}",
    "change.rejected": "Rejected by the board. {sentence}",
    "change.asked": "Asked: {text}",
    "change.answered": "Answered: {question}",
    "change.verified_answer": "Answer verified: {question}",
    "change.voted": "Voted: {choice}",
    "change.emergency_objected_to": "Objected to approving it between meetings: {reason}",
    "change.condition_met": "Condition met: {text}",
    "change.circle_told": "The wider circle was told, {groups} groups",
    "change.group_agreed": "{group} agreed",
    "change.group_objected": "{group} objected: {word}",
    "change.circle_reminded": "Reminded, because they have not agreed yet: {groups}",
    "change.circle_asked_again": "Asked to agree again, because this was edited: {why}. {groups}",
    "change.stage_communicate": "Communication plan agreed",
    "change.stage_tell": "The wider circle was told",
    "change.retested": "Re-tested: {text}",
    "change.reviewed": "Reviewed: {learned}",
    "change.closed": "Closed",
    "meeting.planned": "Meeting planned",
    "meeting.moved": "Moved to {starts_at}. {reason}",
    "meeting.cancelled": "Cancelled: {reason}",
    "meeting.held_after_all": "Held after all",
    "meeting_rule.changed": "The rule of the meetings changed: {after}",
    "minutes.corrected": "Minutes corrected: {heading}",
    "minutes.approved": "Minutes approved in the meeting of {on}",
    "meeting.minutes_approved": "Approved the minutes of {on}",
    "meeting.started": "Meeting started",
    "meeting.taken_over": "Took over the chair",
    "meeting.item_opened": "Item {item} opened: {change}",
    "meeting.vote_opened": "Vote opened on {change}",
    "meeting.attended": "Present",
    "meeting.apologized": "Sent apologies. {reason}",
    "meeting.apologies_taken_back": "Comes after all",
    "meeting.attendance_noted": "{person}: {state}",
    "meeting.ended": "Meeting ended",
}

# stage → title and one line on where it stands. The facts are those of the playbook's picture.
STAGES: dict[str, tuple[str, str]] = {
    "identify": ("Identify", "{requester} found that it must be done soon."),
    "draft": ("Draft the plan against the calendar", "{steps} steps, on {window}."),
    "tell": (
        "Tell the wider circle, with the risk scenarios",
        "{people} people in {groups} groups; {opened} opened it, {unopened} not yet.",
    ),
    "present": ("Present to the board", "At the meeting that it is on the agenda of."),
    "answer": (
        "Answer the tough questions and have each verified",
        "{questions_verified} verified, {questions_to_verify} to verify, {questions_open} open.",
    ),
    "align": ("Align the board and the wider circle", "{groups_agreed} of {groups} groups agreed."),
    "communicate": (
        "Agree who is told what, and when",
        (
            "Internal and the wider circle: two weeks, one week and on the day. Clients: a paragraph in the "
            "notice of the release. After this the two-week notice would be late."
        ),
    ),
    "retest": (
        "Re-test and remind",
        (
            "Somebody other than {requester} repeats the test; {re_tests} recorded. The newest one counts. "
            "The one-week and day-of notices remind everybody."
        ),
    ),
    "go": ("Go Time", "Its steps run inside the deployment plan of {window}."),
    "wrap_up": (
        "Wrap up",
        "What really happened, actual downtime, what we learned. The wider circle reads it in its news.",
    ),
}

# what is missing → its words, where it is done, and what the button says.
MISSING: dict[str, tuple[str, str, str]] = {
    "submit": ("It is not submitted yet.", "{page}", "Open the draft"),
    "steps": ("The plan has no steps.", "{page}edit/", "Write the plan"),
    "tell_circle": (
        "The wider circle has not been told: that happens when the change goes to the board.", "{page}",
        "Open the change",
    ),
    "present": ("The board has not seen it yet.", "{board}", "Open the agenda"),
    "questions_open": ("{questions_open} open, to be answered.", "{page}#questions", "Answer"),
    "questions_to_verify": ("{questions_to_verify} answered, to be verified.", "{page}#questions", "Verify"),
    "no_presentation": ("The board asks when it has seen it.", "{board}", "Open the agenda"),
    "groups": ("Not agreed yet: {waiting}.", "{book}#wider-circle", "See who is where"),
    "unanswered": (
        "Questions open: {questions_open}, to verify: {questions_to_verify}. Nobody is aligned before.",
        "{page}#questions", "See the questions",
    ),
    "board": ("The board has not approved it.", "{board}", "Open the agenda"),
    "no_paragraph": ("Client services have not worded the paragraph for clients.", "{page}#notices", "Word it"),
    "paragraph": ("Marketing has not signed off the paragraph for clients.", "{page}#notices", "Read it"),
    "communication": ("The communication plan is not agreed.", "{page}communication/?to={book}", "Agree it"),
    "retest": ("The newest re-test has not passed, or there is none.", "{page}re-test/?to={book}", "Record it"),
    "no_window": ("It asks for no window.", "{page}edit/", "Choose one"),
    "window": ("The window is still to come.", "{page}", "Open the change"),
    "review": ("There is no review yet; it is written after Go Time.", "{page}review/", "Review"),
}  # fmt: skip

# what is missing → the permission without which there is no link: another does it.
NEEDS: dict[str, str] = {
    "submit": "changes.submit",
    "steps": "changes.edit",
    "no_window": "changes.edit",
    "questions_to_verify": "changes.verify",
    "communication": "changes.agree_communication",
    "retest": "changes.retest",
    "review": "changes.review",
}
