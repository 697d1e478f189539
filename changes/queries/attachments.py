"""The files of a change, as its page lists them."""

from dataclasses import dataclass

from changeboard.people.models import Person
from changes import attachment_labels
from changes.domain.identifiers import identifiers
from changes.labels import IDENTIFIERS
from changes.models import Attachment, Change


@dataclass(frozen=True)
class Attached:
    attachment: Attachment
    kind: str
    may_remove: bool


def attachments(change: Change, *, person: Person) -> list[Attached]:
    """Oldest first, without their bytes. One query; whoever draws them names who attached them."""
    return [
        Attached(
            attachment=each,
            kind=attachment_labels.KINDS[each.kind],
            may_remove=person.has_perm("changes.remove_attachment", each),
        )
        for each in change.attachments.all()
    ]


def looks_like(attachment: Attachment) -> list[str]:
    """The identifiers of patients that its name and, where it is plain text, its content seem to hold."""
    text = attachment.name
    if attachment.kind == "text":
        text += "\n" + bytes(attachment.content.data).decode()
    return [IDENTIFIERS[kind] for kind in identifiers(text)]
