"""The frame of a page: navigation and messages."""

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from changeboard.templatetags.labels import icon

register = template.Library()

TONES = {"success": "ok", "info": "info", "warning": "warn", "error": "bad"}
ICONS = {"ok": "done", "info": "info", "warn": "alert", "bad": "alert"}


@register.simple_tag(takes_context=True)
def nav_link(
    context: Context, name: str, glyph: str, words: str, number: Any = None, tone: str = ""
) -> SafeString:
    """A link of the side bar; current on its own page and on those below it."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    here = context["request"].path
    is_current = here == url if url == "/" else here.startswith(url)
    current = SafeString(' aria-current="page"') if is_current else ""
    return format_html(
        '<a class="nav__link" href="{}"{}>{}{}{}</a>', url, current, icon(glyph), words, _number(number, tone)
    )


def _number(number: Any, tone: str) -> SafeString:
    if not number:
        return SafeString("")
    tone = f" count--{tone}" if tone else ""
    return format_html('<span class="nav__n count{}">{}</span>', tone, number)


@register.filter
def flash_tone(level: str) -> str:
    """The tone of a message by its level: success is ok, error is bad."""
    return TONES.get(level, "info")


@register.filter
def flash_icon(level: str) -> str:
    """The icon of a message by its level."""
    return ICONS[flash_tone(level)]


@register.simple_tag
def crumb(words: Any, name: str = "", *parts: Any) -> str:
    """One step of "where you are": a link when `name` (and its parts) says where, else the present page."""
    if name:
        return format_html('<li><a href="{}">{}</a></li>', reverse(name, args=parts), words)
    return format_html('<li aria-current="page">{}</li>', words)


@register.simple_tag(takes_context=True)
def back_url(context: Context) -> str:
    """The page the reader came from, if it is one of ours; else the first page."""
    request = context["request"]
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours else "/"
