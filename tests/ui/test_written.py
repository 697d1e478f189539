"""What people wrote, as Markdown: nothing of it executes, and references lead to their pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeboard.templatetags.written import TAGS, written
from changes.domain.mentions import mentioned

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](java\nscript:alert(1))",
    "<javascript:alert(1)>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://evil.example/track.png)",
    "[x](vbscript:msgbox)",
    "<svg/onload=alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '[x](https://a.example "\\" onmouseover=\\"alert(1)")',
    "**<iframe src=javascript:alert(1)>**",
    "> - `<style>` <style>*{display:none}</style>",
    "[ref]\n\n[ref]: javascript:alert(1)",
    "@<b>member</b> CHG-0042<script>",
    "[]()",
    "[x](//evil.example)",
    "[x](sign-out/)",
]
TAG = re.compile(r"<\s*/?\s*([a-zA-Z!?][^\s/>]*)([^>]*)>")
ATTRIBUTES = re.compile(r'( href="(/|https?:|mailto:)[^"]*"| rel="noopener nofollow"| class="mention")*')
PIECES = st.sampled_from(
    [*ATTACKS, "[", "](", ")", "<", ">", "`", "\n", "*", '"', "@ann", "CHG-0042", "&lt;"]
)


def unsafe(html: str) -> list[str]:
    """Every tag outside the list, and every attribute that could do something."""
    inner = html.removeprefix('<div class="written">').removesuffix("</div>")
    return [
        tag
        for tag, rest in TAG.findall(inner)
        if tag not in TAGS or not ATTRIBUTES.fullmatch(rest.rstrip(" /"))
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_becomes_words(attack):
    assert unsafe(written(attack)) == []


@given(st.text() | st.lists(PIECES).map("".join))
def test_no_text_makes_a_tag_outside_the_list(text):
    assert unsafe(written(text, {"ann": "<b>A. Nn</b>"})) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("`CHG-0042 @ann`", "<p><code>CHG-0042 @ann</code></p>"),
        ("XCHG-0042 CHG-0042-B RIS-2026-13", "<p>XCHG-0042 CHG-0042-B RIS-2026-13</p>"),
        ("@ann, a@ann.example @nobody", '<p><span class="mention">@A. Nn</span>, a@ann.example @nobody</p>'),
        ("", ""),
        (None, ""),
    ],
)
def test_markdown_is_drawn(text, html):
    assert written(text, {"ann": "A. Nn"}) == f'<div class="written">{html}</div>'


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see CHG-0042.", "/changes/CHG-0042/"),
        ("on RIS-2026-12, then", "/windows/RIS-2026-12/"),
        ("(https://a.example/b?c=1).", "https://a.example/b?c=1"),
        ("mailto:a@b.example.", "mailto:a@b.example"),
        ("[here](https://a.example)", "https://a.example"),
        ("[CHG-0042](https://a.example)", "https://a.example"),
    ],
)
def test_references_and_addresses_become_one_link(text, url):
    assert re.findall(r'<a href="([^"]*)" rel="noopener nofollow">', written(text)) == [url]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ann and @bob.b. @ann", ["ann", "bob.b"]),
        ("a@b.example https://x.example/@ann", []),
        ("`@ann` and\n```\n@bob\n```\n@eve", ["eve"]),
        ("```\n@bob", []),
    ],
)
def test_mentions_are_found_outside_code_and_mail_addresses(text, names):
    assert mentioned(text) == names
