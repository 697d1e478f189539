"""Clients: the hospitals and practices that depend on the platform."""

from typing import Self

from django.db import models

from changeboard.directory.domain import meanwhile
from changeboard.directory.models.system import Service, System
from changeboard.people.models import check_time_zone, platform_time_zone


class ClientQuerySet(models.QuerySet["Client"]):
    def active(self) -> Self:
        return self.filter(active=True)


class Client(models.Model):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    time_zone = models.CharField(max_length=60, default=platform_time_zone, validators=[check_time_zone])
    locale = models.CharField(max_length=10, default="en-US")
    systems = models.ManyToManyField(System, related_name="clients", blank=True)
    services = models.ManyToManyField(Service, related_name="clients", blank=True)
    contract_lead_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Days of notice that the contract asks for, when more than fourteen."
    )
    meanwhile_phone = models.CharField(
        max_length=120, blank=True, help_text="The number to call while a system is down."
    )
    meanwhile_fax = models.CharField(
        max_length=120, blank=True, help_text="Where orders go by telephone or fax."
    )
    meanwhile_stat = models.CharField(max_length=200, blank=True, help_text="Where STAT studies go.")
    meanwhile_paper = models.CharField(max_length=200, blank=True, help_text="Which paper forms it uses.")
    meanwhile = models.TextField(blank=True, help_text="What else it does while a system is down.")
    oms_key_digest = models.CharField(max_length=64, blank=True, editable=False)
    oms_key_prefix = models.CharField(max_length=12, blank=True, editable=False)
    oms_key_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    oms_webhook_url = models.URLField(blank=True)
    # Both sides sign with it, so it cannot be a digest; no page shows it a second time.
    oms_webhook_secret = models.CharField(max_length=80, blank=True, editable=False)
    oms_webhook_secret_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["oms_key_digest"],
                condition=~models.Q(oms_key_digest=""),
                name="an_oms_key_opens_one_client",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def meanwhile_in_words(self) -> str:
        """What this client does while a system is down, as its notices say it: one paragraph."""
        return meanwhile.paragraph(
            phone=self.meanwhile_phone,
            orders=self.meanwhile_fax,
            stat=self.meanwhile_stat,
            paper=self.meanwhile_paper,
            more=self.meanwhile,
        )


class NoGoDate(models.Model):
    """A day on which a client must not be hit: a go-live, an inspection."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="no_go_dates")
    on = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["client", "on"], name="one_no_go_a_client_and_day")]

    def __str__(self) -> str:
        return f"{self.client} {self.on}"
