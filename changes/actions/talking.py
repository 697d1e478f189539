"""What is said about a change, and who follows it."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from changes.actions import mentioning, news, searching
from changes.domain.discussion import TWICE, is_editable
from changes.models import Change, Comment, Watch


@transaction.atomic
def say(change: Change, text: str, *, by: Person, at: datetime) -> Comment:
    """Write to everyone who follows the change; whoever writes or is mentioned follows it now.

    The same words by the same person within a minute are the comment that is there already. Refused
    without words, and for a mention of nobody. History keeps whom it mentions.
    """
    words = _said(text)
    mentions = mentioning.whom(words)
    Change.objects.locked(change.pk)
    same = change.comments.filter(by=by, text=words, at__gt=at - TWICE).first()
    if same is not None:
        return same
    news.follow(change, [by.pk, *mentions])
    comment = Comment.objects.create(change=change, by=by, at=at, text=words)
    searching.index(change)
    record("change.commented", change, by=by, at=at, mentions=mentions)
    return comment


@transaction.atomic
def edit(comment: Comment, text: str, *, by: Person, at: datetime) -> Comment:
    """Say it better, for a quarter of an hour. History keeps both and whom it mentions now."""
    comment = _held(comment)
    if not is_editable(written_at=comment.at, now=at, is_withdrawn=False):
        raise conflict("change.comment_is_settled")
    before, words = comment.text, _said(text)
    if words == before:
        return comment
    mentions = mentioning.whom(words, before=before)
    comment.text, comment.edited_at = words, at
    comment.save(update_fields=["text", "edited_at"])
    searching.index(comment.change)
    news.follow(comment.change, mentions)
    fields = {"comment": [before, words]}
    record("change.comment_edited", comment.change, by=by, at=at, fields=fields, mentions=mentions)
    return comment


@transaction.atomic
def withdraw(comment: Comment, *, by: Person, at: datetime) -> Comment:
    """Take the words back: the line stays, as withdrawn. A second time it is refused."""
    comment = _held(comment)
    comment.text, comment.withdrawn_at = "", at
    comment.save(update_fields=["text", "withdrawn_at"])
    searching.index(comment.change)
    record("change.comment_withdrawn", comment.change, by=by, at=at)
    return comment


def _said(text: str) -> str:
    if not text.strip():
        raise refuse("change.comment_is_empty", at_field="text")
    return text.strip()


def _held(comment: Comment) -> Comment:
    held = Comment.objects.select_for_update(of=("self",)).select_related("change").get(pk=comment.pk)
    if held.withdrawn_at is not None:
        raise conflict("change.comment_is_withdrawn")
    return held


@transaction.atomic
def follow(change: Change, *, by: Person, at: datetime) -> Watch:
    """Watch the change from now on. A second time nothing happens."""
    is_new = news.follow(change, [by.pk])
    is_heard_again = news.mute(change, by=by, muted=False)
    if is_new or is_heard_again:
        record("change.watched", change, by=by, at=at)
    return Watch.objects.get(change=change, person=by)


@transaction.atomic
def unfollow(change: Change, *, by: Person, at: datetime) -> None:
    """Watch it no more; a requester or owner of a step mutes it so. A second time nothing happens."""
    gone, _ = Watch.objects.filter(change=change, person=by).delete()
    is_muted_now = news.mute(change, by=by, muted=True)
    if gone or is_muted_now:
        record("change.unwatched", change, by=by, at=at)
