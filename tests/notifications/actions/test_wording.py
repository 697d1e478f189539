"""Client services word the paragraph, somebody else signs it, and only then clients read it."""

from datetime import UTC, datetime, timedelta

import pytest

from changeboard.refusal import Refusal
from notifications.actions import ticking, wording
from notifications.models import Words
from notifications.queries import words as queries
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
        "words.written_meanwhile"
    ]


def test_there_must_be_something_to_sign(window):
    assert refused(wording.sign_off, window, version=0, by=PersonFactory(), at=AT) == [
        "words.nothing_to_sign"
    ]


def told_in(window, words, desk, mailbox):
    """The first notice went out with these words; then others were written and signed."""
    writer, marketing, at = PersonFactory(), PersonFactory(), AT
    for number, said in enumerate(words):
        wording.write(window, paragraph=said, version=number, by=writer, at=at)
        wording.sign_off(window, version=number + 1, by=marketing, at=at)
        ticking.tick(now=TWO_WEEKS + timedelta(minutes=10 * number))
        at = TWO_WEEKS + timedelta(hours=1)
    return writer


def test_each_client_reads_its_own_name_and_clock_in_the_paragraph(window, desk, mailbox):
    told_in(window, ["{{client}}: on {{date}} at {{ start }} for {{length}}."], desk, mailbox)
    said = " ".join(mailbox.to(desk.address)[0].get_body(("plain",)).get_content().split())
    own = "Juniper Valley Medical Center: on Tuesday, December 15, 2026 at 10:00 AM MST for 15 minutes."
    assert own in said


def test_what_is_no_placeholder_is_refused_where_it_is_typed_with_those_that_are(window, writer):
    with pytest.raises(Refusal) as refusal:
        wording.write(window, paragraph="Dear {{name}} {{", version=0, by=writer, at=AT)
    [reason] = refusal.value.reasons
    assert (reason.field, reason.facts["unknown"]) == ("paragraph", "{{name}}, {{")
    assert "{{client}}, {{date}}" in reason.facts["legal"]


def test_other_words_after_the_first_notice_wait_for_a_person_to_say_who_hears(window, desk, mailbox):
    told_in(window, [SAID, SAID.replace("slower", "off")], desk, mailbox)
    assert len(mailbox.to(desk.address)) == 1
    assert [each.pk for each in queries.to_decide(now=TWO_WEEKS)] == [window.pk]
    [difference] = queries.telling(window).differences
    assert [run.text for run in difference.runs if run.how != "same"] == [" slower", " off"]


def read(window) -> str:
    """What a person has before their eyes when they decide."""
    return queries.telling(window).fingerprint


def test_nobody_decides_on_words_that_changed_since_they_were_read(window, desk, mailbox):
    by = told_in(window, [SAID, SAID.replace("slower", "off")], desk, mailbox)
    assert refused(wording.tell_everybody, window, seen="others", by=by, at=TWO_WEEKS) == [
        "words.others_by_now"
    ]
    assert refused(wording.only_to_come, window, seen="", by=by, at=TWO_WEEKS) == ["words.others_by_now"]


def test_everybody_is_told_of_other_words_when_somebody_says_so(window, desk, mailbox):
    by = told_in(window, [SAID, SAID.replace("slower", "off")], desk, mailbox)
    wording.tell_everybody(window, seen=read(window), by=by, at=TWO_WEEKS + timedelta(days=1))
    ticking.tick(now=TWO_WEEKS + timedelta(days=1))
    mail = mailbox.to(desk.address)[1]
    assert mail["Subject"] == "Changed: RIS maintenance on Tue, Dec 15: a new note"
    said = mail.get_body(("plain",)).get_content()
    assert ("is off that week" in said, "Before: Printing" in said) == (True, True)
    assert refused(wording.tell_everybody, window, seen="", by=by, at=TWO_WEEKS) == ["words.nothing_to_tell"]


def test_a_better_spelling_goes_into_notices_still_to_come_only(window, desk, mailbox):
    by = told_in(window, [SAID, SAID.replace("slower", "slow")], desk, mailbox)
    wording.only_to_come(window, seen=read(window), by=by, at=TWO_WEEKS + timedelta(days=1))
    ticking.tick(now=TWO_WEEKS + timedelta(days=1))
    assert len(mailbox.to(desk.address)) == 1
    ticking.tick(now=TWO_WEEKS + timedelta(days=13))
    assert "is slow that week" in mailbox.to(desk.address)[1].get_body(("plain",)).get_content()
    assert queries.to_decide(now=TWO_WEEKS) == []
