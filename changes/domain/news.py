"""Which acts on a change are news, and to whom. Nobody is told of what they did themselves. Pure.

Told because of what one is to the change (PRODUCT.md section 3): its requester, an owner of a step or a
watcher hears all of it; a group of the wider circle is told when it is asked to agree, reminded until it does, told
of verified answers and of what was learned; of an emergency
those hear who approve it, run it or speak of it to clients; of an electronic vote those who are asked for theirs.
"""

from collections.abc import Collection
from enum import StrEnum


class Ear(StrEnum):
    """What a person is to a change."""

    FOLLOWER = "follower"
    CIRCLE = "circle"
    UNANSWERED = "unanswered"
    EMERGENCY = "emergency"
    ASKED = "asked"


FOLLOWED = frozenset(
    {
        "submitted", "short_notice_started", "preapproved", "left_template", "sent_back", "edited", "placed",
        "scheduled", "unscheduled", "withdrawn", "window_moved", "window_cancelled",
        "in_progress", "verifying", "implemented", "backed_out", "reviewed", "closed",
        "commented", "comment_edited", "asked", "answered", "verified_answer",
        "emergency_approved", "approved_as_emergency", "emergency_objected_to",
        "approved", "deferred", "rejected", "condition_met", "condition_reopened", "circle_told",
        "group_agreed",
        "group_objected", "circle_asked_again",
        "retested", "put_to_vote", "vote_undecided",
        "paragraph_worded", "paragraph_signed",
    }
)  # fmt: skip

HEARD: dict[Ear, frozenset[str]] = {
    Ear.FOLLOWER: frozenset(f"change.{act}" for act in FOLLOWED),
    # Asked, told when its questions are answered for, asked again, and told at the end what was learned.
    Ear.CIRCLE: frozenset(
        {"change.circle_told", "change.circle_asked_again", "change.verified_answer", "change.reviewed"}
    ),
    Ear.UNANSWERED: frozenset({"change.circle_reminded"}),
    # Whoever the vote names: asked, reminded while their seat has not voted, told how it ended.
    Ear.ASKED: frozenset(
        {"change.put_to_vote", "change.vote_reminded", "change.vote_decided", "change.vote_undecided"}
    ),
    Ear.EMERGENCY: frozenset(
        {"change.submitted", "change.emergency_objected_to", "change.approved_as_emergency"}
    ),
}


def is_news(act: str, *, ears: Collection[Ear], is_own: bool, is_muted: bool) -> bool:
    """Whether this act is told to somebody who is all of `ears` to the change.

    Muting stops what one hears as a follower. What one's group or role is asked for cannot be muted.
    """
    listening = {ear for ear in ears if not (is_muted and ear is Ear.FOLLOWER)}
    return not is_own and any(act in HEARD[ear] for ear in listening)
