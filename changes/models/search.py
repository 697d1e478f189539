"""What of a change is found by words. Rewritten by `actions/searching.py`, never by hand."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from changes.models.change import Change


class SearchText(models.Model):
    """The lexemes of title (A), why (B), plan (C) and discussion (D) of one change.

    A row of its own: no list carries it along, and saving a change cannot write an old one back.
    """

    change = models.OneToOneField(
        Change, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="changes_by_their_words")]

    def __str__(self) -> str:
        return f"{self.change}"
