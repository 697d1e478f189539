"""The client paragraph of a window: client services word it, somebody else signs it off, and where words change
after the first notice a person says who hears of it."""

from datetime import datetime

from django.db import transaction

from changeboard.directory.domain import placeholders
from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import conflict, refuse
from maintenance.actions.impact import change_impact
from maintenance.models import Window
from notifications import labels
from notifications.actions import impacts
from notifications.domain.impact import Impact
from notifications.models import Words
from notifications.queries import words as queries


@transaction.atomic
def write(window: Window, *, paragraph: str, version: int, by: Person, at: datetime) -> Words:
    """New words wait for a new signature; until then clients read none. The same words change nothing.

    `version` is the one that was read: words that somebody else changed meanwhile are not overwritten.
    """
    words = _locked(window)
    paragraph = paragraph.strip()
    if unknown := placeholders.unknown(paragraph):
        raise refuse("words.unknown_placeholder", at_field="paragraph", **placeholders.facts(unknown))
    if words.version != version:
        raise conflict("words.written_meanwhile")
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


@transaction.atomic
def tell_everybody(window: Window, *, seen: str, by: Person, at: datetime) -> Window:
    """Whoever was told otherwise is told of the words as they are signed now: a revision at the same times.

    `seen` stands for the words that the person read (`Telling.fingerprint`). Refused (409) where they are others
    by now, and where nothing differs any more: told already, or left for the notices that are still to come.
    """
    window, found = _to_decide(window, seen)
    change_impact(window, reason=labels.WORDS_REASON, by=by, at=at)
    told = Impact(found.told.effects, found.now_true.passages)
    impacts.keep(window, told, found.row.riding, at=at)
    return window


@transaction.atomic
def only_to_come(window: Window, *, seen: str, by: Person, at: datetime) -> Window:
    """It says the same, better: nobody is told anew, and notices still to come say it in these words. Refused
    as above."""
    window, found = _to_decide(window, seen)
    impacts.let_pass(window, found.now_true.passages, at=at)
    record("words.only_to_come", window, by=by, at=at)
    return window


def _to_decide(window: Window, seen: str) -> tuple[Window, queries.Telling]:
    window = Window.objects.locked(window.pk)
    found = queries.telling(window)
    if found is None:
        raise conflict("words.nothing_to_tell")
    if found.fingerprint != seen:
        raise conflict("words.others_by_now")
    return window, found


def _locked(window: Window) -> Words:
    Words.objects.get_or_create(window=window)
    return Words.objects.select_for_update().get(window=window)
