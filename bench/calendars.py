"""What is measured of the calendar on ten years of windows: its pages, and whether its queries use their indexes."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from changeboard.directory.models import Client
from changes.models import Change, ServiceImpact
from maintenance.models import Window
from notifications.models import Delivery

YEARS_AGO = timedelta(days=5 * 365)


def pages(*, now: datetime) -> dict[str, str]:
    """By name. The client is one of two thousand; the past month is in the middle of the ten years."""
    client = Client.objects.filter(slug__startswith="hospital-").earliest("pk").slug
    long_ago = now - YEARS_AGO
    return {
        "the month": "/calendar/",
        "a month of the past": f"/calendar/?month={long_ago:%Y-%m}",
        "a week": "/calendar/?view=week",
        "the month as a list": "/calendar/?view=list",
        "the month of a client": f"/calendar/?client={client}",
        "the horizon": "/calendar/horizon/",
        "the horizon of a client": f"/calendar/horizon/?client={client}",
        "typing a client’s name": "/calendar/clients/?client=tal+0042",
    }


def plans(*, now: datetime) -> dict[str, tuple[QuerySet, str]]:
    """By name: a query of the calendar and what of its plan says that it reads no table from end to end."""
    month = {"due_at__gte": now - timedelta(days=15), "due_at__lt": now + timedelta(days=20)}
    some = list(Window.objects.order_by("-starts_at").values_list("pk", flat=True)[:4])
    return {
        "notices of a month": (
            Delivery.objects.filter(**month).values_list("client").order_by(),
            "deliveries_by_day",
        ),
        "notices to a client": (
            Delivery.objects.filter(client=Client.objects.latest("pk"), **month),
            "deliveries_to_a_client",
        ),
        "what rides": (Change.objects.filter(window__in=some), "Index Scan on changes_change_window"),
        "what it touches": (
            ServiceImpact.objects.filter(change__window__in=some),
            "Index Scan on changes_change_window",
        ),
    }
