"""Parts that hold other parts: note, next, nothing, panel, dialog, menu, more."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# ruff: noqa: A001, A002 - the tags are called `next` and take an `id`, as the markup does
register = template.Library()

NOTE_ICONS = {"info": "info", "ok": "done", "warn": "alert", "bad": "alert", "": "info"}
NEXT_ICONS = {"you": "flag", "stop": "cross", "ok": "check", "": "clock"}


def drawn(name: str, **facts: Any) -> SafeString:
    return SafeString(render_to_string(f"ui/{name}.html", facts))


@register.simple_block_tag
def note(content: str, tone: str = "info", glyph: str = "", role: str = "") -> SafeString:
    """Something to know beside the text; tone is info, ok, warn, bad or "" (plain)."""
    return drawn("note", content=content, tone=tone, glyph=glyph or NOTE_ICONS[tone], role=role)


@register.simple_block_tag
def next(content: str, who: str, tone: str = "", glyph: str = "", id: str = "") -> SafeString:
    """The one next action of a record page. tone: you, stop, ok or "" (someone else's turn).

    Inside: `<div class="next__what"><h2>…</h2></div><p class="next__do">…</p>`.
    """
    return drawn("next", content=content, who=who, tone=tone, glyph=glyph or NEXT_ICONS[tone], id=id)


@register.simple_block_tag
def nothing(content: str, glyph: str, title: str) -> SafeString:
    """An empty list, which says what comes next. (`empty` is taken by `for`.)"""
    return drawn("nothing", content=content, glyph=glyph, title=title)


@register.simple_block_tag
def panel(
    content: str, title: str, id: str, count: Any = None, tone: str = "", aside: str = ""
) -> SafeString:
    """A panel with a head; `id` is its anchor and htmx target. Its body is given with its own classes."""
    return drawn("panel", content=content, title=title, id=id, count=count, tone=tone, aside=aside)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A deliberate act, opened by `<button popovertarget="id">`. Works without scripts."""
    return drawn("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def menu(content: str, words: str, glyph: str = "") -> SafeString:
    """A pop-up behind a button."""
    return drawn("menu", content=content, words=words, glyph=glyph)


@register.simple_block_tag
def more(content: str, words: str) -> SafeString:
    """Folded detail; open in print."""
    return drawn("more", content=content, words=words)
