"""From a letter to a mail: subject, plain text, HTML with its styles inlined. Rendered once, then frozen."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

import css_inline
from django.conf import settings
from django.template.loader import select_template

from notifications.domain import wording
from notifications.domain.milestones import WELL_AHEAD, Audience, Milestone
from notifications.queries.letters import Letter

# A milestone without a wording of its own borrows one; every wording goes by the true lead anyway.
LIKE = {**dict.fromkeys(WELL_AHEAD, Milestone.TWO_WEEKS), Milestone.DAY_OF: Milestone.DAY_BEFORE}
FALLBACK = {
    Audience.CLIENTS: (Audience.CLIENTS,),
    Audience.INTERNAL: (Audience.INTERNAL, Audience.CLIENTS),
    Audience.WIDER_CIRCLE: (Audience.WIDER_CIRCLE, Audience.INTERNAL, Audience.CLIENTS),
}


@dataclass(frozen=True)
class Mail:
    """What one reader gets. `html` has its styles inlined; `text` says the same lines."""

    subject: str
    text: str
    html: str

    @property
    def digest(self) -> str:
        whole = "\0".join((self.subject, self.text, self.html))
        return hashlib.sha256(whole.encode()).hexdigest()


def mail(letter: Letter) -> Mail:
    """The whole mail. Inlining comes after rendering: the inliner parses HTML, not templates."""
    return Mail(subject(letter), text(letter), inliner().inline(_render(letter, "body.html", whole=True)))


def subject(letter: Letter) -> str:
    """One line: a line break in a header would be another header."""
    return " ".join(_render(letter, "subject.txt").split())


def text(letter: Letter) -> str:
    """Broken at 72 columns: plain text is read as it is written."""
    return "\n".join(map(wording.broken, unwrapped(letter).split("\n")))


def unwrapped(letter: Letter) -> str:
    """The same with each paragraph on one line, for programs that break lines themselves."""
    lines = [line.rstrip() for line in _render(letter, "body.txt").strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def fragment(letter: Letter) -> str:
    """The HTML without its page and with its classes: for previews, where our own stylesheet serves it."""
    return _render(letter, "body.html")


def _render(letter: Letter, part: str, *, whole: bool = False) -> str:
    milestone = Milestone(letter.milestone)
    names = [
        f"notices/{audience.value}/{kind.value}/{part}"
        for audience in FALLBACK[Audience(letter.audience)]
        for kind in dict.fromkeys((milestone, LIKE.get(milestone, milestone)))
    ]
    return str(select_template(names).render({"letter": letter, "whole": whole}))


@lru_cache(maxsize=1)
def inliner() -> css_inline.CSSInliner:
    css = (settings.BASE_DIR / "static" / "notices" / "email.css").read_text()
    # Never fetch anything while a mail is built: no request to another host, no waiting for one.
    return css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=css, keep_at_rules=True)
