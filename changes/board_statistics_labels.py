"""Words of the board's statistics."""

# In the address → its word, and how many days back.
PERIODS: dict[str, tuple[str, int]] = {"3": ("3 months", 92), "12": ("12 months", 366), "all": ("All", 3_660)}

COLUMNS = (
    "change", "submitted_at_utc", "decided_at_utc", "outcome", "seconds_to_decision", "deferrals",
    "seconds_deferred", "worst_case_seconds_removed", "undo_steps_added", "conditions",
    "answers_wrong_at_first", "seconds_waited_for_answers", "approved_and_failed",
)  # fmt: skip
