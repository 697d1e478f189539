"""How long a comment is its author's to edit (PRODUCT.md section 3: every edit is in the history)."""

from datetime import datetime, timedelta

EDITABLE = timedelta(minutes=15)
# The same words by the same person within this time are one comment, posted twice.
TWICE = timedelta(minutes=1)


def is_editable(*, written_at: datetime, now: datetime, is_withdrawn: bool) -> bool:
    """For a quarter of an hour, the last instant included; a withdrawn comment never."""
    return not is_withdrawn and now - written_at <= EDITABLE
