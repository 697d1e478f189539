import pytest
from django.db.models import F

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import paragraph
from changes.queries import paragraphs
from tests.factories.changes import AT, a_draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_marketing_signs_what_was_worded():
    marketing = PersonFactory()
    change = paragraph.word(a_draft(), "We connect two devices.", by=PersonFactory(), at=AT)
    signed = paragraph.sign(change, by=marketing, at=AT)
    assert (signed.client_paragraph, signed.paragraph_signed_by) == ("We connect two devices.", marketing)


def test_nothing_is_signed_before_it_is_worded():
    with pytest.raises(Refusal):
        paragraph.sign(a_draft(), by=PersonFactory(), at=AT)


def test_a_new_wording_needs_a_new_signature():
    change = paragraph.word(a_draft(), "Old", by=PersonFactory(), at=AT)
    paragraph.sign(change, by=PersonFactory(), at=AT)
    assert paragraph.word(change, "New", by=PersonFactory(), at=AT).paragraph_signed_at is None


def test_what_was_worded_before_the_impacts_changed_is_out_of_date_until_it_is_kept_or_signed():
    change = paragraph.word(a_draft(), "We connect two devices.", by=PersonFactory(), at=AT)
    seen = [paragraphs.is_out_of_date(change)]
    for settle in (
        paragraph.sign,
        lambda change, **act: paragraph.word(change, change.client_paragraph, **act),
    ):
        change.impacts.update(seconds=F("seconds") + 30)
        seen.append(paragraphs.is_out_of_date(change))
        change = settle(change, by=PersonFactory(), at=AT)
        seen.append(paragraphs.is_out_of_date(change))
    assert (seen, change.paragraph_signed_at) == ([False, True, False, True, False], AT)
    assert Event.objects.about(change).filter(act="change.paragraph_kept").count() == 1


def test_words_for_the_house_alone_do_not_put_it_out_of_date():
    change = paragraph.word(a_draft(), "We connect two devices.", by=PersonFactory(), at=AT)
    change.impacts.update(fallback_words="Operations switch it")
    assert not paragraphs.is_out_of_date(change)
