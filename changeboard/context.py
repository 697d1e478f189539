"""What every page knows: the platform's time and zone."""

from django.conf import settings
from django.http import HttpRequest

from changeboard import clock


def platform(request: HttpRequest) -> dict[str, object]:
    return {"now": clock.now(), "platform_zone": settings.PLATFORM_TIME_ZONE, "demo": settings.DEMO}
