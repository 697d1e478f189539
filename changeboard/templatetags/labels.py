"""Small labels: icon, system, risk, state, person, count. Never colour alone: shape and word beside it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from changeboard import words
from changeboard.refusal import Reason

register = template.Library()

# state → word, icon, tone (design: "Badges"). Changes, windows and meetings share the words of PRODUCT.md.
STATES = {
    "draft": ("Draft", "edit", ""),
    "submitted": ("Submitted", "check", "now"),
    "in_review": ("In review", "now", "now"),
    "deferred": ("Deferred", "undo", "warn"),
    "approved": ("Approved", "check", "ok"),
    "rejected": ("Rejected", "cross", "bad"),
    "scheduled": ("Scheduled", "check", "ok"),
    "in_progress": ("In progress", "now", "live"),
    "verifying": ("Verifying", "seen", "now"),
    "implemented": ("Implemented", "check", ""),
    "backed_out": ("Backed out", "undo", "bad"),
    "closed": ("Closed", "check", ""),
    "withdrawn": ("Withdrawn", "minus", ""),
    "planned": ("Planned", "cal", ""),
    "announced": ("Announced", "mail", "ok"),
    "completed": ("Completed", "check", ""),
    "cancelled": ("Cancelled", "cross", ""),
    "live": ("Live", "now", "live"),
    "ended": ("Ended", "check", ""),
    "short_notice": ("Short notice", "bolt", "warn"),
    "emergency": ("Emergency", "alert", "bad"),
    "standard": ("Standard", "doc", ""),
    "proposed": ("Proposed", "now", "now"),
    "suspended": ("Suspended", "alert", "bad"),
    "expired": ("Expired", "clock", "warn"),
    "retired": ("Retired", "minus", ""),
}

RISK_BARS = SafeString(
    '<svg viewBox="0 0 17 14" aria-hidden="true">'
    '<rect class="b1" x="0" y="10" width="3" height="4" rx="1"/>'
    '<rect class="b2" x="4.6" y="7" width="3" height="7" rx="1"/>'
    '<rect class="b3" x="9.2" y="3.5" width="3" height="10.5" rx="1"/>'
    '<rect class="b4" x="13.8" y="0" width="3" height="14" rx="1"/></svg>'
)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, size: str = "", tone: str = "") -> SafeString:
    """A drawing from ui/icons.html; it stands beside a word, so nothing reads it out."""
    classes = "i" + (f" i--{size}" if size else "") + (f" {tone}" if tone else "")
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>', classes, name)


@register.simple_tag
def sys(system: Any, name: str = "") -> SafeString:
    """A system: shape, name, colour. `name` stands in place of the code (“RIS: orders and reports”)."""
    if system is None:
        return SafeString('<span class="quiet">no system</span>')
    return _marked(system.mark, name or system.code)


@lru_cache(maxsize=1024)
def _marked(mark: str, words: str) -> SafeString:
    return format_html(
        '<span class="sys m-{0}"><svg aria-hidden="true"><use href="#i-{0}"/></svg>{1}</span>', mark, words
    )


@register.simple_tag
def systems(rows: Iterable[Any]) -> SafeString:
    """Several systems side by side."""
    return format_html_join(" ", "{}", ((sys(system),) for system in rows))


@register.simple_tag
@lru_cache(maxsize=1024)
def risk(level: str | None, score: int | None = None, of: int | None = None) -> SafeString:
    """Four bars and a word: Moderate 8. Nothing is claimed before all questions are answered."""
    if not level:
        return SafeString('<span class="quiet">not assessed</span>')
    words = level.capitalize() + (f" {score}" if score else "") + (f" of {of}" if of else "")
    return format_html(
        '<span class="risk risk--{}">{}{}<span class="vh"> risk</span></span>', level, RISK_BARS, words
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def badge(word: str, glyph: str = "", tone: str = "") -> SafeString:
    """Glyph and word; tone is one of ok, warn, bad, now, live, or none."""
    return format_html(
        '<span class="badge{}">{}{}</span>',
        f" badge--{tone}" if tone else "",
        icon(glyph) if glyph else "",
        word,
    )


@register.simple_tag
def state(value: str) -> SafeString:
    """The badge of a state (or kind) of a change, window or meeting, by its stored name."""
    word, glyph, tone = STATES.get(value, (str(value).replace("_", " ").capitalize(), "", ""))
    return badge(word, glyph, tone)


@register.filter
def state_word(value: str) -> str:
    """The word alone: In review."""
    return STATES.get(value, (str(value).replace("_", " ").capitalize(), "", ""))[0]


@register.simple_tag
def count(number: Any, tone: str = "") -> SafeString:
    """A number of things to do; tone is you, bad or none. Nothing for nothing."""
    if not number:
        return SafeString("")
    return format_html('<span class="count{}">{}</span>', f" count--{tone}" if tone else "", number)


@register.simple_tag(takes_context=True)
def person(context: Context, who: Any, name: bool = True, you: str = "") -> SafeString:
    """Initials and name; blue when it is the reader. `you="you"` also says so in place of the name."""
    if who is None:
        return SafeString('<span class="quiet">nobody yet</span>')
    is_reader = who == context.get("user")
    words = you if you and is_reader else str(who)
    return _face(who.initials, words if name else "", is_reader)


@lru_cache(maxsize=1024)
def _face(initials: str, words: str, is_reader: bool) -> SafeString:
    return format_html(
        '<span class="person"><span class="avatar{}" aria-hidden="true">{}</span>{}</span>',
        " avatar--you" if is_reader else "",
        initials,
        words,
    )


@register.filter
def sentence(reason: Reason) -> str:
    """A reason of a rule as a person reads it."""
    return words.sentence(reason)


@register.filter
def role_word(role: str) -> str:
    """A role as people say it: client_services → Client services."""
    return role.replace("_", " ").replace("chair", "board chair").capitalize()
