"""What every page knows: time and zone of the platform, demonstration or not, the side bar's counts."""

from django.conf import settings
from django.http import HttpRequest

from changeboard import clock
from changeboard.nav import Nav
from changeboard.people.models import Person


def platform(request: HttpRequest) -> dict[str, object]:
    """`now` is one instant for the whole page, so that no two of its times disagree."""
    now, reader = clock.now(), getattr(request, "user", None)
    return {
        "now": now,
        "platform_zone": settings.PLATFORM_TIME_ZONE,
        "demo": settings.DEMO,
        "nav": Nav(reader, now) if isinstance(reader, Person) else None,
    }
