"""What is written is found: each verb that writes title, why, plan or discussion keeps the search text."""

import pytest

from changes.actions import alignment, board, filing, searching, talking
from changes.models import Change, SearchText, SignOff
from changes.queries.searching import matching
from tests.changes.actions.test_filing_at_once import at_once
from tests.factories.changes import AT, STEPS, a_draft, a_sheet, a_submitted
from tests.factories.people import GroupFactory, PersonFactory

pytestmark = pytest.mark.django_db


def finds(text):
    return matching(Change.objects.all(), text).count()


def edited(change):
    step = STEPS[0].__class__(text="Polish the zeppelin", undo="Nothing")
    filing.edit(change, a_sheet(steps=(*STEPS, step)), version=1, by=change.requester, at=AT)


def asked(change):
    board.ask(change, text="Where is the zeppelin?", by=PersonFactory(), at=AT)


def answered(change):
    question = board.ask(change, text="Where?", by=PersonFactory(), at=AT)
    board.answer(question, text="In the zeppelin", by=PersonFactory(), at=AT)


def asked_by_a_group(change):
    group = GroupFactory()
    sign_off = SignOff.objects.create(change=change, group=group)
    alignment.ask(sign_off, text="A zeppelin?", by=PersonFactory(group=group), at=AT)


def commented(change):
    talking.say(change, "The zeppelin is blue", by=PersonFactory(), at=AT)


@pytest.mark.parametrize("act", [edited, asked, answered, asked_by_a_group, commented])
def test_what_a_verb_wrote_is_found(act):
    change = a_draft()
    before = finds("zeppelin")
    act(change)
    assert (before, finds("zeppelin"), finds("firewalls")) == (0, 1, 1)


def test_what_was_edited_away_is_found_no_more():
    change = a_draft()
    filing.edit(change, a_sheet(title="Renew the lamps"), version=1, by=change.requester, at=AT)
    assert (finds("firewalls"), finds("lamps")) == (0, 1)


def test_writing_all_of_them_again_changes_nothing():
    talking.say(a_submitted(), "The zeppelin is blue", by=PersonFactory(), at=AT)
    kept = list(SearchText.objects.values_list("change", "words"))
    assert (searching.index_all(), list(SearchText.objects.values_list("change", "words"))) == (1, kept)


def test_a_discussion_of_a_million_letters_is_still_taken():
    talking.say(change := a_draft(), "word " * 250_000, by=PersonFactory(), at=AT)
    assert finds("word") == change.comments.count()


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_are_both_found():
    change, people = a_draft(), [PersonFactory(), PersonFactory()]
    words = zip(["zeppelin", "balloon"], people, strict=True)
    at_once(*[lambda word=word, by=by: talking.say(change, word, by=by, at=AT) for word, by in words])
    assert (finds("zeppelin"), finds("balloon")) == (1, 1)
