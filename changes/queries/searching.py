"""Finding changes by words: PostgreSQL's full-text search over title, why, plan and discussion."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchHeadline,
    SearchQuery,
    SearchRank,
)
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat, Left, Substr

from changes.domain import search_words
from changes.models import Change, Comment, PlanStep, Question
from changes.models.change import ChangeQuerySet

Query = SearchQuery | CombinedSearchQuery

# Marks that no keyboard types; what stands between them was found.
HIT, END = "\x02", "\x03"
LONGEST = 20_000


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt; a hit is drawn marked."""

    text: str
    is_hit: bool


def query(text: str) -> Query:
    """Words, "quoted words", or, -without; the last word may be unfinished; a reference finds its change."""
    asked = search_words.asked(text)
    found: Query = SearchQuery(asked.whole, config="english", search_type="websearch")
    if asked.prefix:
        beginning = SearchQuery(f"{asked.prefix}:*", config="simple", search_type="raw")
        head = SearchQuery(asked.head, config="english", search_type="websearch")
        found = found | (head & beginning if asked.head else beginning)
    if asked.reference:
        found = found | SearchQuery(asked.reference, config="simple", search_type="phrase")
    return found


def holding(text: str) -> Q:
    """What holds the words."""
    return Q(search_text__words=query(text))


def ranked(rows: ChangeQuerySet, text: str) -> ChangeQuerySet:
    """Each with its `rank`: the title says more than the discussion."""
    return rows.annotate(rank=SearchRank(F("search_text__words"), query(text)))


def matching(rows: ChangeQuerySet, text: str) -> ChangeQuerySet:
    """Those of the rows that hold the words, each with its `rank`."""
    return ranked(rows.filter(holding(text)), text)


def excerpts(changes: Iterable[Change], text: str) -> dict[int, list[Piece]]:
    """Change id → where the words stand in why, plan or discussion; none where only the title has them. One query."""
    rows = Change.objects.filter(pk__in=[change.pk for change in changes]).order_by()
    headline = SearchHeadline(
        _said(), query(text), config="english", start_sel=HIT, stop_sel=END,
        max_words=24, min_words=10, max_fragments=1,
    )  # fmt: skip
    return {pk: pieces(said) for pk, said in rows.values_list("pk", headline) if HIT in said}


def pieces(said: str) -> list[Piece]:
    """An excerpt in its parts, hits apart."""
    parts = re.split(f"{HIT}([^{END}]*){END}", said)
    return [Piece(part, place % 2 == 1) for place, part in enumerate(parts) if part]


def _said() -> Concat:
    of_change = {"change": OuterRef("pk")}
    return Concat(
        Substr("why", 1, LONGEST),
        Value(" "),
        _joined(PlanStep.objects.filter(**of_change), "text"),
        Value(" "),
        _joined(Comment.objects.filter(**of_change), "text"),
        Value(" "),
        _joined(Question.objects.filter(**of_change), _asked_and_answered()),
        output_field=TextField(),
    )


def _asked_and_answered() -> Concat:
    return Concat("text", Value(" "), "answer", output_field=TextField())


def _joined(rows: QuerySet[Any], what: str | Concat) -> Subquery:
    together = rows.order_by().values("change").values(said=Left(StringAgg(what, " "), LONGEST))
    return Subquery(together, output_field=TextField())
