"""Attaching and removing: once each, told in the history, the bytes apart and gone with it."""

import pytest
from django.core.files.base import ContentFile

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from changes.actions import attaching
from changes.domain import attached
from changes.models import Attachment, AttachmentContent
from tests.changes.actions.test_filing_at_once import at_once
from tests.factories.changes import AT, a_draft, an_approved
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def a_file(content=b"11:02 failover", name="test.log"):
    return ContentFile(content, name=name)


def attach(change, *, by=None, **given):
    return attaching.attach(change, a_file(**given), by=by or PersonFactory(), at=AT)


def told(act):
    return [event.facts["name"] for event in Event.objects.filter(act=act)]


def test_a_file_is_kept_with_its_bytes_apart_and_told_in_the_history():
    kept = attach(a_draft())
    assert (kept.kind, kept.size, bytes(kept.content.data)) == ("text", 14, b"11:02 failover")
    assert told("change.attached") == ["test.log"]


def test_an_approved_change_stays_approved():
    change = an_approved()
    attach(change)
    change.refresh_from_db()
    assert change.state == "approved"


def test_the_same_content_twice_is_one_attachment_and_one_line():
    change = a_draft()
    first, second = attach(change), attach(change, name="again.log")
    assert (first, told("change.attached")) == (second, ["test.log"])


def test_the_same_content_may_belong_to_two_changes():
    attach(a_draft())
    attach(a_draft())
    assert AttachmentContent.objects.count() == 2


def test_what_is_refused_leaves_nothing_behind():
    with pytest.raises(Refusal):
        attach(a_draft(), content=b"<!doctype html>", name="plan.png")
    assert (Attachment.objects.count(), told("change.attached")) == (0, [])


def test_a_file_one_byte_too_large_is_refused_unread():
    with pytest.raises(Refusal, match=r"attachment\.too_large"):
        attach(a_draft(), content=b"x" * (attached.LARGEST + 1))


def test_a_full_change_takes_no_more():
    change = a_draft()
    kept = [attach(change, content=bytes([65 + n]) * attached.LARGEST) for n in range(5)]
    with pytest.raises(Refusal, match=r"attachment\.change_is_full"):
        attach(change)
    assert len(kept) == change.attachments.count()


def test_removing_takes_the_bytes_and_tells_once_even_when_done_twice():
    kept = attach(a_draft())
    for _ in range(2):
        attaching.remove(kept, by=kept.by, at=AT)
    assert (AttachmentContent.objects.count(), told("change.attachment_removed")) == (0, ["test.log"])


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_make_one_attachment():
    change, by = a_draft(), PersonFactory()
    at_once(*[lambda: attach(change, by=by)] * 2)
    assert (Attachment.objects.count(), told("change.attached")) == (1, ["test.log"])
