import pytest

from changeboard.refusal import Refusal
from changes.actions import paragraph
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
