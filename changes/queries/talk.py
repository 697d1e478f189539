"""The discussion as its reader sees it: what was said, and what of it is theirs to edit or withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from changeboard.people.models import Person
from changes.domain.discussion import is_editable
from changes.models import Comment


@dataclass(frozen=True)
class Said:
    comment: Comment
    may_edit: bool
    may_withdraw: bool


def talk(comments: Iterable[Comment], *, person: Person, now: datetime) -> list[Said]:
    """Each comment with what this reader may do with it. No query."""
    return [_said(comment, is_own=comment.by_id == person.pk, now=now) for comment in comments]


def _said(comment: Comment, *, is_own: bool, now: datetime) -> Said:
    is_withdrawn = comment.withdrawn_at is not None
    fresh = is_editable(written_at=comment.at, now=now, is_withdrawn=is_withdrawn)
    return Said(comment, may_edit=is_own and fresh, may_withdraw=is_own and not is_withdrawn)
