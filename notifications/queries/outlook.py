"""What would go out by an instant, if nobody changed anything: for a look before it happens."""

from datetime import datetime

from notifications.models import Delivery


def going_out(*, now: datetime, until: datetime) -> list[Delivery]:
    """Planned rows that are due by `until`, in the order in which they go. Two queries."""
    rows = Delivery.objects.due(now=until).filter(not_after__gte=now).for_pages()
    return list(rows.order_by("try_at", "urgency", "id"))
