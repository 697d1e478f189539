"""The ledger: what is to be told (Notice), to whom over which channel (Delivery), and each try (Attempt)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from changeboard.directory.models import Channel, Client, Contact
from changeboard.people.models import Person
from maintenance.models import Hold, Window
from notifications import labels
from notifications.domain.lifecycle import NEEDS_A_PERSON, OPEN, TOLD, State
from notifications.domain.milestones import AT_ONCE

# Channels that a program serves; a telephone call is made by a person.
BY_PROGRAM = (Channel.EMAIL, Channel.OMS, Channel.WEBHOOK, Channel.IN_APP, Channel.CHAT)
# Of these each notice is a call to somebody else's system, which may take its time: one sender a channel.
BY_CALL = (Channel.OMS, Channel.WEBHOOK, Channel.CHAT)
URGENT, USUAL = 0, 1


def values(states: tuple[State, ...]) -> list[str]:
    return [state.value for state in states]


class Notice(models.Model):
    """What is to be told to one audience at one milestone of one window, as of one revision."""

    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="notices")
    revision = models.PositiveIntegerField()
    audience = models.CharField(max_length=16, choices=labels.choices(labels.AUDIENCES))
    milestone = models.CharField(max_length=12, choices=labels.choices(labels.MILESTONES))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["window", "revision", "audience", "milestone"], name="a_notice_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_milestone_display()}, {self.get_audience_display()}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def locked(self, pk: int) -> "Delivery":
        """The row, held until the transaction ends: verbs start with it."""
        return self.select_for_update(of=("self",)).select_related("contact", "window").get(pk=pk)

    def open(self) -> Self:
        return self.filter(state__in=values(OPEN))

    def told(self) -> Self:
        return self.filter(state__in=values(TOLD))

    def due(self, *, now: datetime) -> Self:
        """What a program should send by now; calls by hand, what waits for an event and what a freeze holds
        are not in it."""
        return self.filter(state=State.PLANNED.value, try_at__lte=now, channel__in=BY_PROGRAM).not_frozen()

    def to_call(self, *, now: datetime) -> Self:
        """Calls that somebody has to make by hand."""
        return self.filter(state=State.PLANNED.value, try_at__lte=now, channel=Channel.PHONE).not_frozen()

    def waits_for_group(self, group: int, *, now: datetime) -> Self:
        """What is to be read in changeboard by somebody of a group, while it is of use."""
        offered = self.filter(state__in=[State.OFFERED.value, State.SEEN.value], channel=Channel.IN_APP)
        return offered.filter(contact__group=group, not_after__gt=now).order_by("window__starts_at", "pk")

    def not_frozen(self) -> Self:
        """Of windows that no freeze holds, and retractions: that a date is not true any more is always told."""
        holds = Hold.objects.open().filter(window=OuterRef("window_id"))
        return self.filter(Q(urgency=URGENT) | ~Exists(holds))

    def missed(self) -> Self:
        """Skipped because it was too late, with no later notice to carry it."""
        return self.filter(state=State.SKIPPED.value, reason="too_late", folded_into="")

    def unsettled(self) -> Self:
        """Failed, bounced or missed, and no person has dealt with it yet."""
        trouble = Q(state__in=values(NEEDS_A_PERSON)) | Q(
            state=State.SKIPPED.value, reason="too_late", folded_into=""
        )
        return self.filter(trouble, settled_at=None)

    def of_the_present(self) -> Self:
        """Of the revision that its window has now. A subquery, not a join: the row's own lock covers it."""
        present = Window.objects.filter(pk=OuterRef("window_id")).values("revision")
        return self.filter(revision=Subquery(present))

    def for_pages(self) -> Self:
        """With all that a line about a delivery shows: one query for any number of rows."""
        return self.select_related(
            "contact__client", "contact__group", "client", "window__system", "notice", "held_by", "settled_by"
        )


class Delivery(models.Model):
    """One notice to one contact over one channel, with its proof. Instants in UTC.

    `try_at` is when it is next sent: the due time, then the next try; empty while it waits for an event.
    `begun_at` is set just before the first byte leaves: a lease that ends with it set leaves us uncertain.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    # Every index costs each mail three writes: those of `told_once` and `deliveries_to_a_client` serve these two.
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    revision = models.PositiveIntegerField()
    milestone = models.CharField(max_length=12, choices=labels.choices(labels.MILESTONES))
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="deliveries")
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    urgency = models.PositiveSmallIntegerField(default=USUAL)
    due_at = models.DateTimeField()
    try_at = models.DateTimeField(null=True, blank=True)
    not_after = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=labels.choices(labels.STATES), default=State.PLANNED.value
    )
    reason = models.CharField(max_length=300, blank=True)
    folded_into = models.CharField(max_length=12, blank=True, choices=labels.choices(labels.MILESTONES))
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_owner = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    resends = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200, blank=True)
    dated_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    body_hash = models.CharField(max_length=64, blank=True)
    # Where it went, as of its last try: the contact's own may change afterwards.
    address = models.CharField(max_length=254, blank=True, db_default="")
    # What a mail provider calls it, where it gives mails names of its own.
    provider_id = models.CharField(max_length=200, blank=True, db_default="")
    accepted_at = models.DateTimeField(null=True, blank=True)
    server_answer = models.CharField(max_length=500, blank=True)
    uncertain = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=120, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["channel", "urgency", "try_at", "id"],
                name="deliveries_that_are_due",
                condition=Q(state=State.PLANNED.value),
            ),
            models.Index(
                fields=["channel", "id"],
                name="deliveries_under_lease",
                condition=Q(state=State.SENDING.value),
            ),
            models.Index(fields=["client", "-due_at"], name="deliveries_to_a_client"),
            # For the calendar, which counts a month of them without reading the rows.
            models.Index(
                fields=["due_at"],
                include=["milestone", "state", "window", "client"],
                name="deliveries_by_day",
            ),
            models.Index(
                fields=["provider_id"], name="deliveries_at_a_provider", condition=~Q(provider_id="")
            ),
            models.Index(
                fields=["accepted_at"],
                name="deliveries_by_acceptance",
                condition=Q(accepted_at__isnull=False),
            ),
            models.Index(
                fields=["state", "due_at"],
                name="deliveries_in_trouble",
                condition=Q(state__in=values(NEEDS_A_PERSON)),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["window", "revision", "milestone", "contact", "channel"], name="told_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="a_delivery_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING.value) | Q(lease_until__isnull=False) & ~Q(lease_owner=""),
                name="sending_means_leased",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ACCEPTED.value) | Q(accepted_at__isnull=False),
                name="accepted_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SKIPPED.value, State.WAIVED.value]) | ~Q(reason=""),
                name="not_told_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(message_id="") | Q(dated_at__isnull=False), name="name_and_date_freeze_together"
            ),
            models.CheckConstraint(
                condition=Q(not_after__gte=F("due_at")), name="a_notice_is_of_use_when_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_milestone_display()} of {self.window} to {self.contact}"

    @property
    def is_late(self) -> bool:
        """Accepted more than an hour after it was due."""
        return self.accepted_at is not None and (self.accepted_at - self.due_at).total_seconds() > 3600

    @property
    def late_seconds(self) -> float:
        return (self.accepted_at - self.due_at).total_seconds() if self.accepted_at else 0

    @property
    def why_not(self) -> str:
        """The reason in words: ours for a code, else what a person wrote."""
        return labels.REASONS.get(self.reason, self.reason)

    @property
    def what_went_wrong(self) -> str:
        """The other side's last words: of what came back the report, not the answer that had taken it."""
        return self.reason if self.state == State.BOUNCED.value else self.server_answer

    @property
    def goes_to(self) -> str:
        """The address that a try goes to now, as it may be shown: a chat's is the key to it."""
        if self.channel == Channel.OMS:
            return self.client.oms_webhook_url if self.client else ""
        return self.contact.shown_address

    @property
    def is_retraction(self) -> bool:
        """Whether it says that what this reader heard before is not true any more: the date, or what stops."""
        return self.milestone in AT_ONCE


class Attempt(models.Model):
    """One try to tell, or what the other side reported of it later, with its own words.

    Rows are added, never changed: the chain seals them (models/seal.py).
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=labels.choices(labels.OUTCOMES))
    answer = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.answer}".strip()
