"""Client services word the paragraph, somebody else signs it, and only then clients read it."""

from datetime import UTC, datetime

import pytest

from changeboard.refusal import Refusal
from notifications.actions import ticking, wording
from notifications.models import Words
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 30, 16, tzinfo=UTC)
TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
SAID = "Printing in the emergency department is slower that week."


@pytest.fixture
def writer(db):
    return PersonFactory()


@pytest.fixture
def written(window, writer):
    return wording.write(window, paragraph=SAID, version=0, by=writer, at=AT)


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(*args, **kwargs)
    return [reason.code for reason in refusal.value.reasons]


def test_clients_read_the_paragraph_once_it_is_signed(written, window, desk, mailbox):
    wording.sign_off(window, version=1, by=PersonFactory(), at=AT)
    ticking.tick(now=TWO_WEEKS)
    [mail] = mailbox.to(desk.address)
    assert f"Also: {SAID}" in mail.get_body(("plain",)).get_content()


def test_clients_do_not_read_words_that_nobody_signed(written, window, desk, mailbox):
    ticking.tick(now=TWO_WEEKS)
    [mail] = mailbox.to(desk.address)
    assert SAID not in mail.get_body(("plain",)).get_content()


def test_nobody_signs_their_own_words(written, window, writer):
    assert refused(wording.sign_off, window, version=1, by=writer, at=AT) == ["words.sign_own"]


def test_a_signature_is_for_the_words_that_were_read(written, window, writer):
    wording.write(window, paragraph="Other words", version=1, by=writer, at=AT)
    assert refused(wording.sign_off, window, version=1, by=PersonFactory(), at=AT) == [
        "words.edited_meanwhile"
    ]


def test_new_words_lose_the_old_signature(written, window, writer):
    wording.sign_off(window, version=1, by=PersonFactory(), at=AT)
    wording.write(window, paragraph="Other words", version=1, by=writer, at=AT)
    assert Words.objects.get().signed_paragraph == ""


def test_two_who_edit_at_once_do_not_overwrite_each_other(written, window):
    assert refused(wording.write, window, paragraph="Mine", version=0, by=PersonFactory(), at=AT) == [
        "words.edited_meanwhile"
    ]


def test_there_must_be_something_to_sign(window):
    assert refused(wording.sign_off, window, version=0, by=PersonFactory(), at=AT) == [
        "words.nothing_to_sign"
    ]
