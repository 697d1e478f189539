"""Files attached to a change, and taken off again."""

import hashlib
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Sum

from changeboard.history.record import record
from changeboard.people.models import Person
from changeboard.refusal import Refusal
from changes.domain import attached
from changes.models import Attachment, AttachmentContent, Change


class Upload(Protocol):
    """A file as it arrives: Django's uploaded files and ContentFile are such."""

    name: str
    size: int

    def read(self) -> bytes: ...


@transaction.atomic
def attach(change: Change, file: Upload, *, by: Person, at: datetime) -> Attachment:
    """Keep the file, in any state of the change: it is never material (PRODUCT.md section 3).

    The same content a second time gives the attachment that is there. Refused beside `file`: what is
    empty, too large or of a kind that is not accepted.
    """
    if file.size > attached.LARGEST:
        raise Refusal([attached.too_large()])
    change = Change.objects.locked(change.pk)
    name, content = attached.clean_name(file.name), file.read()
    sha256 = hashlib.sha256(content).hexdigest()
    if known := change.attachments.filter(sha256=sha256).first():
        return known
    held = change.attachments.aggregate(held=Sum("size"))["held"] or 0
    kind, faults = attached.kind_of(content), attached.faults(name, content, held=held)
    if faults or kind is None:
        raise Refusal(faults)
    kept = Attachment.objects.create(
        change=change, name=name, kind=kind.value, size=len(content), sha256=sha256, by=by, at=at
    )
    AttachmentContent.objects.create(attachment=kept, data=content)
    record("change.attached", change, by=by, at=at, name=name, size=len(content), sha256=sha256)
    return kept


@transaction.atomic
def remove(attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Take it off; its bytes are gone, its line in the history stays. A second time nothing happens."""
    change = Change.objects.locked(attachment.change_id)
    held = Attachment.objects.filter(pk=attachment.pk).first()
    if held is not None:
        held.delete()
        record("change.attachment_removed", change, by=by, at=at, name=held.name, sha256=held.sha256)
