"""Finding changes by words: PostgreSQL's full-text search over title, why, plan and discussion."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q

from changes.domain import search_words
from changes.models import Change
from changes.models.change import ChangeQuerySet

# Whole words as a web search reads them; or the first of them and the beginning of the last; or a reference.
# What is empty asks for nothing.
QUERY = (
    "(websearch_to_tsquery('english', %s) || (websearch_to_tsquery('english', %s) && to_tsquery('simple', %s))"
    " || phraseto_tsquery('simple', %s))"
)
# Marks that no keyboard types; what stands between them was found.
HIT, END = "\x02", "\x03"
HEADLINE = f"StartSel={HIT}, StopSel={END}, MaxWords=24, MinWords=10, MaxFragments=1"
# The first twenty thousand letters of each part: an excerpt, not a search.
EXCERPTS = """
SELECT c.id, ts_headline('english', concat_ws(' ', left(c.why, 20000), left(plan.said, 20000),
                                              left(talk.said, 20000), left(asked.said, 20000)), ASKED, %s)
FROM changes_change c
LEFT JOIN LATERAL (SELECT string_agg(text, ' ' ORDER BY position) AS said
                   FROM changes_planstep WHERE change_id = c.id) plan ON true
LEFT JOIN LATERAL (SELECT string_agg(text, ' ' ORDER BY at DESC) AS said
                   FROM changes_comment WHERE change_id = c.id) talk ON true
LEFT JOIN LATERAL (SELECT string_agg(concat_ws(' ', text, answer), ' ' ORDER BY asked_at DESC) AS said
                   FROM changes_question WHERE change_id = c.id) asked ON true
WHERE c.id = ANY(%s)
""".replace("ASKED", QUERY)


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt; a hit is drawn marked."""

    text: str
    is_hit: bool


class Words(SearchQuery):
    """What was typed, as PostgreSQL asks for it: words, "quoted words", or, -without; the last word may be
    unfinished; a reference finds its change."""

    def __init__(self, text: str) -> None:
        super().__init__(text, config="english", search_type="websearch")
        self.given = given(text)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        return QUERY, list(self.given)


def given(text: str) -> list[str]:
    """The four words of `QUERY`."""
    asked = search_words.asked(text)
    return [asked.whole, asked.head, f"{asked.prefix}:*" if asked.prefix else "", asked.reference]


def holding(text: str) -> Q:
    """What holds the words."""
    return Q(search_text__words=Words(text))


def ranked(rows: ChangeQuerySet, text: str) -> ChangeQuerySet:
    """Each with its `rank`: the title says more than the discussion."""
    return rows.annotate(rank=SearchRank(F("search_text__words"), Words(text)))


def matching(rows: ChangeQuerySet, text: str) -> ChangeQuerySet:
    """Those of the rows that hold the words, each with its `rank`."""
    return ranked(rows.filter(holding(text)), text)


def excerpts(changes: Iterable[Change], text: str) -> dict[int, list[Piece]]:
    """Change id → where the words stand in why, plan or discussion; none where only the title has them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(EXCERPTS, [*given(text), HEADLINE, [change.pk for change in changes]])
        return {pk: pieces(said) for pk, said in cursor.fetchall() if HIT in said}


def pieces(said: str) -> list[Piece]:
    """An excerpt in its parts, hits apart."""
    parts = re.split(f"{HIT}([^{END}]*){END}", said)
    return [Piece(part, place % 2 == 1) for place, part in enumerate(parts) if part]
