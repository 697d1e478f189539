"""Files that belong to a change. Their bytes stand in a table of their own, so that no list loads them."""

from django.db import models

from changeboard.people.models import Person
from changes.domain.attached import LARGEST, FileKind
from changes.models.change import Change


class Attachment(models.Model):
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in FileKind])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "sha256"], name="a_file_is_attached_once"),
            models.CheckConstraint(
                condition=models.Q(size__gte=1, size__lte=LARGEST), name="an_attachment_is_not_too_large"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AttachmentContent(models.Model):
    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"Content of {self.attachment_id}"
