"""A month of the public windows for an intranet page: it may be framed, needs no script and no cookie."""

from datetime import date

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from changeboard import clock
from changeboard.people.gate import open_door
from maintenance.domain.public import fingerprint
from maintenance.queries import public_month
from maintenance.views.feeds import FRESH_SECONDS, systems_asked
from maintenance.views.public_zone import asked_zone


# X-Frame-Options knows no list of hosts, so it is left out; frame-ancestors says who may frame.
@open_door
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_FRAME_ANCESTORS})
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    zone, systems = asked_zone(request) or str(settings.PLATFORM_TIME_ZONE), systems_asked(request)
    month = public_month.month(_month(request), zone=zone, now=clock.now(), systems=systems)
    response = HttpResponse(headers={"X-Robots-Tag": "noindex"})
    response["ETag"] = f'"{fingerprint(month.etag, zone, request.get_full_path(), settings.PLATFORM_NAME)}"'
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    answer = get_conditional_response(request, response["ETag"], None, response)
    if answer is response:
        response.content = render_to_string("maintenance/embed.html", _shown(month, zone, systems))
    return answer or response


def _month(request: HttpRequest) -> date:
    """The month that the address names, like 2026-12, else the present one on the platform's calendar."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.local_date(clock.now(), str(settings.PLATFORM_TIME_ZONE))


def _shown(month: public_month.PublicMonth, zone: str, systems: list) -> dict:
    return {
        "month": month,
        "zone": zone,
        "times_in": zone,
        "systems": systems,
        "platform": settings.PLATFORM_NAME,
        "site": settings.SITE_URL,
    }
