"""`{% load history %}{% timeline change %}`: what was done to a thing, newest first."""

from typing import Any

from django import template
from django.template import Context

from changeboard.history import queries

register = template.Library()


@register.inclusion_tag("history/_timeline.html", takes_context=True)
def timeline(context: Context, *subjects: Any, limit: int = 50) -> dict[str, Any]:
    """The lines about one thing or several, as an `ol.line`. One query."""
    return {
        "lines": queries.timeline(*subjects, limit=limit),
        "times_in": context.get("times_in"),
        "user": context.get("user"),
    }
