"""The words of a change's history: sorts of entries, fields, parts of a step."""

from changes import attachment_labels, board_labels, labels, list_labels

# What the reader may look at alone. The first that an act belongs to is its sort.
SORTS: dict[str, str] = {
    "edits": "Edits",
    "board": "Board and wider circle",
    "talk": "Discussion",
    "notices": "Notices",
    "life": "Life of the change",
}

ACTS: dict[str, frozenset[str]] = {
    "edits": frozenset(
        {
            "change.filed",
            "change.edited",
            "change.sent_back",
            "change.paragraph_worded",
            "change.paragraph_kept",
        }
    ),
    "talk": frozenset(
        {"change.commented", "change.comment_edited", "change.comment_withdrawn", *list_labels.HISTORY}
        | attachment_labels.HISTORY.keys()
    ),
    "board": frozenset(act for act in board_labels.HISTORY if act.startswith("change."))
    - {"change.placed", "change.closed"}
    | {"change.emergency_approved", "change.approved_as_emergency", "change.paragraph_signed"},
}


def sort_of(act: str) -> str:
    """What has no sort of its own belongs to the life of the change."""
    return next((sort for sort, acts in ACTS.items() if act in acts), "life")


FIELDS: dict[str, str] = {
    **labels.FIELDS,
    "answers": "Risk questions",
    "test_statement": "How it was tested",
}

# The parts of a step, in the order in which history keeps them.
STEP = ("phase", "text", "undo", "undo_seconds", "planned_seconds", "worst_seconds", "needs_downtime")
STEP_LABELS: dict[str, str] = {
    "phase": "when",
    "text": "what is done",
    "undo": "undo",
    "undo_seconds": "time to undo",
    "planned_seconds": "planned length",
    "worst_seconds": "length at worst",
    "needs_downtime": "needs downtime",
    "owner": "owner",
}
PHASES: dict[str, str] = {"before": "before", "during": "during the window", "after": "after"}
DID: dict[str, str] = {"added": "added", "removed": "removed", "changed": "changed", "moved": "moved"}

# act → drawing, for those that the board and the readers do.
GLYPHS: dict[str, str] = {
    **labels.GLYPHS,
    "placed": "board",
    "asked": "ask",
    "answered": "talk",
    "verified_answer": "shield",
    "voted": "board",
    "voted_anew": "undo",
    "voted_for_member": "board",
    "voted_anew_for_member": "undo",
    "conflict_declared": "alert",
    "conflict_declared_after_vote": "alert",
    "conflict_taken_back": "undo",
    "put_to_vote": "board",
    "vote_reminded": "clock",
    "vote_decided": "board",
    "vote_undecided": "undo",
    "casting_vote": "board",
    "circle_told": "mail",
    "group_agreed": "check",
    "condition_set": "list",
    "condition_met": "check",
    "condition_reopened": "undo",
    "retested": "check",
    "reviewed": "doc",
    "watched": "seen",
    "unwatched": "minus",
}
