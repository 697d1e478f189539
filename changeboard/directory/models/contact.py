"""Who is told: a person or mailbox at a client, or of an internal group."""

from collections.abc import Callable
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db import models
from django.db.models import Q

from changeboard.directory.domain import chat_address as masks
from changeboard.directory.models.client import Client
from changeboard.people.models import Group, check_time_zone
from changeboard.refusal import Reason


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    OMS = "oms", "Order management system"
    WEBHOOK = "webhook", "Webhook"
    PHONE = "phone", "Telephone, by hand"
    IN_APP = "in_app", "In changeboard"
    CHAT = "chat", "Chat or SMS"


# What mail that came back leaves on a contact, until its address is another one or is confirmed.
TROUBLE = ("bounced_at", "complained_at", "bounce_words", "leave_asked_at")
CHECKS: dict[str, Callable[[str], None]] = {
    Channel.EMAIL: validate_email,
    Channel.WEBHOOK: URLValidator(["https"]),
    # What a person dials, with what they are to ask for: three digits, and no address that was left behind.
    Channel.PHONE: RegexValidator(r"^(?=(?:\D*\d){3})(?!.*(?:@|://))"),
}


def why_unreachable(channel: str, address: str) -> list[Reason]:
    """Every reason why this channel cannot reach this address, beside the field `address`."""
    if channel == Channel.CHAT:
        # Apprise brings 170 services: read when the first chat is.
        from changeboard.directory.models import chat_address

        return chat_address.faults(address)
    if channel == Channel.PHONE and not address:
        return [Reason("contact.number_missing", field="address")]
    try:
        CHECKS.get(channel, str)(address)
    except ValidationError:
        return [Reason(f"contact.not_a_{channel}", field="address")]
    return []


class ContactRole(models.TextChoices):
    PACS_ADMINISTRATOR = "pacs_administrator", "PACS administrator"
    RADIOLOGY_MANAGER = "radiology_manager", "Radiology manager"
    HELP_DESK = "help_desk", "Help desk"
    EMERGENCY_DEPARTMENT = "emergency_department", "Emergency department"
    ORDER_SYSTEM = "order_system", "Order management system"
    INTERNAL = "internal", "Internal"
    OTHER = "other", "Other"


class Language(models.TextChoices):
    """The language of the greeting; the notice itself is in English."""

    EN = "en", "English"
    ES = "es", "Español"
    FR = "fr", "Français"
    DE = "de", "Deutsch"
    IT = "it", "Italiano"
    PT = "pt", "Português"
    PL = "pl", "Polski"
    NL = "nl", "Nederlands"


class ContactQuerySet(models.QuerySet["Contact"]):
    def active(self) -> Self:
        return self.filter(active=True).filter(Q(client=None) | Q(client__active=True))

    def of_clients(self) -> Self:
        return self.active().exclude(client=None).select_related("client")

    def internal(self) -> Self:
        return self.active().exclude(group=None).select_related("group")

    def to_look_at(self) -> Self:
        """Addresses that bounced, whose reader complained or asked to be told no more, or that were never
        confirmed: found before they matter."""
        trouble = Q(bounced_at__isnull=False) | Q(complained_at__isnull=False)
        return self.active().filter(Q(confirmed_at=None) | trouble | Q(leave_asked_at__isnull=False))


class Contact(models.Model):
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=ContactRole.choices, default=ContactRole.OTHER)
    is_person = models.BooleanField(
        default=True, help_text="Off for a shared mailbox, a help desk, a system."
    )
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    address = models.CharField(max_length=500, blank=True)
    time_zone = models.CharField(
        max_length=60, blank=True, validators=[check_time_zone], help_text="Empty: the client’s zone."
    )
    language = models.CharField(
        max_length=2, choices=Language.choices, default=Language.EN, help_text="Of the greeting."
    )
    wants_invitations = models.BooleanField(
        default=False, help_text="Sends calendar invitations that update themselves, not plain entries."
    )
    wants_point_of_service = models.BooleanField(
        default=False, help_text="Also tells this contact when the work starts, runs over and ends."
    )
    active = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    # The reader told its mail provider that it does not want these: still told, until a person has spoken to it.
    complained_at = models.DateTimeField(null=True, blank=True)
    is_contractual = models.BooleanField(
        default=False,
        help_text="The contract names this contact: it is told until client services take it off.",
    )
    # Wanted to leave and was kept: the contract names it, or nobody else of the client would be told.
    leave_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What the other side said when mail came back or was complained of.
    bounce_words = models.CharField(max_length=300, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["client__name", "group__position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(client=None) ^ Q(group=None), name="a_contact_is_a_clients_or_internal"
            ),
            models.UniqueConstraint(
                fields=["client", "channel", "address"],
                condition=Q(active=True) & ~Q(address=""),
                name="an_address_stands_once_a_client",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.client or self.group}"

    @property
    def zone(self) -> str:
        """The IANA name of the zone in which this contact is told. Needs `client` selected along."""
        if self.time_zone:
            return self.time_zone
        return self.client.time_zone if self.client else str(settings.PLATFORM_TIME_ZONE)

    @property
    def shown_address(self) -> str:
        """The address as pages, files and histories show it: a chat's is the key to it, and masked."""
        if self.channel != Channel.CHAT:
            return self.address
        return masks.masked(self.address, str(settings.SECRET_KEY))

    @property
    def is_in_trouble(self) -> bool:
        since = (self.bounced_at, self.complained_at, self.leave_asked_at)
        return any(at is not None for at in since)

    def forget_trouble(self) -> None:
        """Another address, or somebody who said that this one is right. Not saved yet."""
        self.bounced_at = self.complained_at = self.leave_asked_at = None
        self.bounce_words = ""
