"""A key for scripts: it acts for its owner, and only within its scopes. The secret itself is never kept."""

import hashlib
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from changeboard.people.models.person import Person


class Scope(models.TextChoices):
    READ_CHANGES = "changes:read", "Read changes"
    FILE_CHANGES = "changes:write", "File and edit the owner's changes"
    READ_WINDOWS = "windows:read", "Read windows and the calendar"
    READ_MEETINGS = "meetings:read", "Read meetings"
    READ_NOTICES = "notices:read", "Read notices"


def digest(secret: str) -> str:
    """What is stored of a secret. Secrets are 256 random bits, so one fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class KeyQuerySet(models.QuerySet["Key"]):
    def usable(self) -> Self:
        return self.filter(revoked_at=None, owner__is_active=True)


class Key(models.Model):
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=12)
    secret_digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=Scope.values), name="scopes_are_those_of_the_product"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
