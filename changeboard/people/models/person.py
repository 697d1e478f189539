"""A person who signs in, the roles they hold (PRODUCT.md section 8) and their group of the wider circle."""

from collections.abc import Iterable
from typing import ClassVar, Self
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_module_perms, _user_has_perm  # type: ignore[attr-defined]
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from changeboard import clock
from changeboard.people.models.group import Group


class Role(models.TextChoices):
    ENGINEER = "engineer", "Engineer"
    BOARD_MEMBER = "board_member", "Board member"
    CHAIR = "chair", "Board chair"
    RELEASE_ENGINEER = "release_engineer", "Release engineer"
    CLIENT_SERVICES = "client_services", "Client services"
    ADMINISTRATOR = "administrator", "Administrator"


class MailChoice(models.TextChoices):
    """How a person is told by mail of what concerns them."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"
    NONE = "none", "No mail"


def check_time_zone(name: str) -> None:
    """Refuse a name that is no zone of the IANA database."""
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Use a name like America/Chicago.")


def platform_time_zone() -> str:
    """The default zone of whoever has not chosen one."""
    return str(settings.PLATFORM_TIME_ZONE)


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def matching(self, words: str) -> Self:
        """Persons whose name, user name or address holds `words`."""
        found = models.Q()
        for field in ("first_name", "last_name", "username", "email"):
            found |= models.Q(**{f"{field}__icontains": words})
        return self.filter(found)

    def for_list(self) -> Self:
        """With their groups, those who may sign in first."""
        return self.select_related("group").order_by("-is_active", "last_name", "first_name", "pk")

    def holding(self, *roles: Role) -> Self:
        """Active persons with at least one of these roles."""
        return self.active().filter(roles__overlap=list(roles))


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(
        self, username: str, email: str, password: str | None = None, **fields: object
    ) -> "Person":
        """A person with a password; without one they cannot sign in until they are given one."""
        person: Person = self.model(username=username, email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, email: str, password: str | None = None) -> "Person":
        """What `manage.py createsuperuser` calls: an administrator. Nobody is above the rules."""
        return self.create_user(username, email, password, roles=[Role.ADMINISTRATOR.value])


class Person(AbstractBaseUser):
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=60, default=platform_time_zone, validators=[check_time_zone])
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="persons")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    # A question that waits unread holds up a change: whoever chose nothing is told at once.
    mail = models.CharField(max_length=8, choices=MailChoice.choices, default=MailChoice.AT_ONCE)
    digest_hour = models.PositiveSmallIntegerField(default=7)
    digest_every_day = models.BooleanField(default=False)
    # Nothing from before is mailed.
    mail_since = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        verbose_name_plural = "persons"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values), name="roles_are_those_of_the_product"
            ),
            models.CheckConstraint(condition=models.Q(mail__in=MailChoice.values), name="mail_is_a_choice"),
            models.CheckConstraint(
                condition=models.Q(digest_hour__lte=23), name="digest_hour_is_an_hour_of_the_day"
            ),
        ]
        indexes = [models.Index(fields=["last_name", "first_name"], name="persons_by_name")]

    def __str__(self) -> str:
        """As the pages show a person: first initial and last name."""
        return (
            f"{self.first_name[:1]}. {self.last_name}" if self.first_name else self.last_name or self.username
        )

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.username[:2].upper()

    def has_role(self, *roles: Role) -> bool:
        """Whether the person is active and holds at least one of these roles."""
        return self.is_active and any(role.value in self.roles for role in roles)

    @property
    def is_staff(self) -> bool:
        """Who may open the Django admin, the emergency hatch."""
        return self.has_role(Role.ADMINISTRATOR)

    def has_perm(self, permission: str, thing: object = None) -> bool:
        return bool(self.is_active and _user_has_perm(self, permission, thing))

    def has_perms(self, permissions: Iterable[str], thing: object = None) -> bool:
        return all(self.has_perm(permission, thing) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        return bool(self.is_active and _user_has_module_perms(self, app_label))

    def get_username(self) -> str:
        return self.username
