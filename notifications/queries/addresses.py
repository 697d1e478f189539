"""Addresses to look at before they matter: those that bounced or were never confirmed, by the next window
that would need them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from changeboard import clock
from changeboard.directory.models import Client, Contact
from maintenance.domain.lifecycle import AHEAD
from maintenance.models import Window
from notifications.models import AddressCheck

# The first notice of a window goes out so many days before it, unless the contract asks for more.
LEAD_DAYS = 14


@dataclass(frozen=True)
class Row:
    """One address: the next window that needs it, when its first notice is due, and the last mail that asked."""

    contact: Contact
    window: Window | None
    due_at: datetime | None
    check: AddressCheck | None

    @property
    def is_asked(self) -> bool:
        """Whether a mail to this very address is on its way or was taken."""
        return self.check is not None and self.check.state != AddressCheck.State.FAILED


def next_windows(*, now: datetime) -> list[Window]:
    """The next window ahead of each system, the first to come first. One query."""
    ahead = Window.objects.filter(starts_at__gt=now, state__in=[state.value for state in AHEAD])
    first = ahead.order_by("system_id", "starts_at").distinct("system_id").select_related("system")
    return sorted(first, key=lambda window: window.starts_at)


def to_look_at(windows: list[Window]) -> QuerySet[Contact]:
    """The contacts, those needed first on top; `turn` is the place of their window among `windows`."""
    uses = Client.systems.through.objects.filter(client=OuterRef("client"))
    needed = [
        When(Q(client=None) | Exists(uses.filter(system=window.system_id)), then=Value(place))
        for place, window in enumerate(windows)
    ]
    turn = Case(*needed, default=Value(len(windows)), output_field=IntegerField())
    found = Contact.objects.to_look_at().exclude(address="").annotate(turn=turn)
    return found.select_related("client", "group").order_by(
        "turn", "bounced_at", "client__name", "name", "pk"
    )


def rows(contacts: list[Contact], windows: list[Window]) -> list[Row]:
    """The lines of one page. One query."""
    checks: dict[tuple[int, str], AddressCheck] = {}
    for check in AddressCheck.objects.filter(contact__in=contacts).order_by("asked_at", "id"):
        checks[check.contact_id, check.address] = check
    return [_row(contact, windows, checks.get((contact.pk, contact.address))) for contact in contacts]


def _row(contact: Contact, windows: list[Window], check: AddressCheck | None) -> Row:
    turn: int = getattr(contact, "turn")  # noqa: B009 - annotated by to_look_at
    window = windows[turn] if turn < len(windows) else None
    return Row(contact, window, due_at(window, contact) if window else None, check)


def due_at(window: Window, contact: Contact) -> datetime:
    """When the contact's first notice of the window goes out."""
    by_contract = contact.client.contract_lead_days if contact.client else None
    return clock.days_before(window.starts_at, max(LEAD_DAYS, by_contract or 0), contact.zone)


def first(*, now: datetime) -> tuple[int, Row | None]:
    """How many addresses there are to look at, and the one that is needed first. At most four queries; one
    where there is none."""
    number = Contact.objects.to_look_at().exclude(address="").count()
    if not number:
        return 0, None
    windows = next_windows(now=now)
    return number, next(iter(rows(list(to_look_at(windows)[:1]), windows)), None)
