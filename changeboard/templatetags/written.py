"""What people wrote, as Markdown: the only place that turns their words into markup.

Two locks, one behind the other: markdown-it knows no raw HTML, and nh3 lets only these few tags through.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import nh3
from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

register = template.Library()

TAGS = {"p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "span"}
SCHEMES = {"http", "https", "mailto"}
# A comment has no headings of its own (the page's outline is ours) and no picture from elsewhere.
OFF = ["heading", "lheading", "html_block", "html_inline", "image", "reference"]

FOUND = re.compile(
    r"(?P<url>https?://\w[^\s<>\"]*|mailto:[^\s<>\"@]+@[\w.-]+)"
    r"|(?<![\w/-])(?P<change>CHG-\d{4,9})(?![\w-])"
    r"|(?<![\w/-])(?P<window>[A-Za-z]{2,10}-20\d{2}-(?:0[1-9]|1[0-2]))(?![\w-])"
    r"|(?<![\w./@-])@(?P<person>\w[\w.+-]*)",
    re.ASCII,
)
LEADS = re.compile(r"/(?!/)|https?://\w|mailto:\S", re.IGNORECASE)
PAGES = {"change": "changes:detail", "window": "maintenance:window"}


def address(kind: str, words: str) -> str:
    """Where a reference leads; nothing where this site has no such page."""
    try:
        return reverse(PAGES[kind], args=[words])
    except NoReverseMatch:
        return ""


def text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def link(url: str, words: str) -> list[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": url})
    return [opened, text(words), Token("link_close", "a", -1)]


def mention(words: str) -> list[Token]:
    opened = Token("mention_open", "span", 1, attrs={"class": "mention"})
    return [opened, text(words), Token("mention_close", "span", -1)]


def made_of(match: re.Match[str], names: Mapping[str, str]) -> tuple[list[Token], int]:
    """The tokens for one find and where it ends. A mention of nobody stays as it was typed."""
    kind, words = str(match.lastgroup), match[match.lastgroup or 0]
    if kind == "url":
        # The stop at the end of a sentence is no part of the address.
        words = words.rstrip(".,;:!?)'*_]")
        return link(words, words.removeprefix("mailto:")), match.start() + len(words)
    if kind == "person":
        words = words.rstrip(".+-")
        name = names.get(words.lower(), "")
        return (mention(f"@{name}") if name else [text(f"@{words}")]), match.start() + 1 + len(words)
    url = address(kind, words)
    return (link(url, words) if url else [text(words)]), match.end()


def split(words: str, names: Mapping[str, str]) -> Iterable[Token]:
    """A piece of text as text, links and mentions."""
    at = 0
    while match := FOUND.search(words, at):
        made, end = made_of(match, names)
        yield text(words[at : match.start()])
        yield from made
        at = end
    yield text(words[at:])


def find_names(state: StateCore) -> None:
    """Addresses, references and mentions in running text; never inside a link or code."""
    names = state.env.get("names", {})
    for block in state.tokens:
        inside, found = 0, []
        for token in block.children or ():
            inside += token.nesting if token.tag == "a" else 0
            plain = token.type == "text" and not inside
            found += split(token.content, names) if plain else [token]
        if block.children:
            block.children = found


def markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(OFF)
    made.core.ruler.push("find_names", find_names)
    # Nothing else leads anywhere from here: no empty address, none that depends on the page it stands on.
    made.validateLink = lambda url: LEADS.match(url) is not None
    return made


MARKDOWN = markdown()


@register.filter
def written(words: str | None, names: Any = None) -> SafeString:
    """Markdown as safe HTML. `names` are the names of those mentioned, by user name in small letters.

    CHG-0042 and RIS-2026-12 lead to their pages. No query: whoever draws many texts looks names up once.
    """
    return _safe(words or "", tuple(sorted((names or {}).items())))


def _leads(tag: str, name: str, value: str) -> str | None:
    """An address that leads nowhere is taken away; its words stay."""
    return None if name == "href" and not LEADS.match(value) else value


@lru_cache(maxsize=1024)
def _safe(words: str, names: tuple[tuple[str, str], ...]) -> SafeString:
    """The same words are drawn for every reader of a page, so that they are parsed once."""
    html = MARKDOWN.render(words, {"names": dict(names)})
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        attribute_filter=_leads,
        allowed_classes={"span": {"mention"}},
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
        generic_attribute_prefixes=set(),
    )
    return SafeString(f'<div class="written">{safe.strip()}</div>')
