"""The client paragraph of a window: client services word it, somebody else signs it off."""

from datetime import datetime

from django.db import transaction

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from maintenance.models import Window
from notifications.models import Words


@transaction.atomic
def write(window: Window, *, paragraph: str, version: int, by: Person, at: datetime) -> Words:
    """New words wait for a new signature; until then clients read none. The same words change nothing.

    `version` is the one that was read: words that somebody else changed meanwhile are not overwritten.
    """
    words = _locked(window)
    paragraph = paragraph.strip()
    if words.version != version:
        raise conflict("words.edited_meanwhile")
    if words.paragraph == paragraph:
        return words
    words.paragraph, words.version = paragraph, words.version + 1
    words.written_by, words.written_at = by, at
    words.signed_off_by = words.signed_off_at = None
    words.save()
    record("words.written", window, by=by, at=at, paragraph=paragraph)
    return words


@transaction.atomic
def sign_off(window: Window, *, version: int, by: Person, at: datetime) -> Words:
    """Marketing stands for the words that it read. Refused for one's own and for words that changed since."""
    words = _locked(window)
    if not words.paragraph:
        raise refuse("words.nothing_to_sign")
    if words.version != version:
        raise conflict("words.edited_meanwhile")
    if words.written_by_id == by.pk:
        raise refuse("words.sign_own")
    if words.signed_off_at is None:
        words.signed_off_by, words.signed_off_at = by, at
        words.save(update_fields=["signed_off_by", "signed_off_at"])
        record("words.signed", window, by=by, at=at, version=version)
    return words


def _locked(window: Window) -> Words:
    Words.objects.get_or_create(window=window)
    return Words.objects.select_for_update().get(window=window)
