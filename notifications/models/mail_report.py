"""What was told of mails after a server took them: each report once, whoever tells it again. Instants in UTC."""

from datetime import datetime
from typing import Self

from django.db import models

from changeboard.directory.models import Contact
from notifications import labels
from notifications.models.ledger import Delivery


class MailReportQuerySet(models.QuerySet["MailReport"]):
    def strange(self, *, since: datetime) -> Self:
        """About mails that nobody here sent, or whose names did not come along."""
        return self.filter(delivery=None, contact=None, at__gte=since)


class MailReport(models.Model):
    """One report. What it says of a delivery stands in the ledger as well; of a strange mail it stands here only."""

    key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    source = models.CharField(max_length=30)
    report = models.CharField(max_length=12, choices=labels.choices(labels.OUTCOMES))
    words = models.CharField(max_length=400, blank=True)
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = MailReportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.source}: {self.report} {self.words}"
