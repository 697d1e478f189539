"""Whom many rows name, in one query: a join to people costs more than the row itself."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from changeboard.people.models import Person


class Names:
    """Collects rows that name people, from several lists, until `put` fetches them all."""

    def __init__(self) -> None:
        self._wanted: list[tuple[Model, str, int | None]] = []

    def add(self, *lists: tuple[Iterable[Model], Sequence[str]]) -> None:
        """`lists` are pairs of rows and names of their fields: `(comments, ["by"])`."""
        self._wanted += [
            (row, field, getattr(row, f"{field}_id"))
            for rows, fields in lists
            for row in rows
            for field in fields
        ]

    def put(self) -> None:
        """Put the person into each of these fields of each row. One query, none where nobody is named."""
        keys = {key for _, _, key in self._wanted if key is not None}
        persons = Person.objects.in_bulk(keys) if keys else {}
        for row, field, key in self._wanted:
            # What select_related does: setting the attribute would ask the database router row by row.
            row._state.fields_cache[field] = persons.get(key)
        self._wanted.clear()


def name(*lists: tuple[Iterable[Model], Sequence[str]]) -> None:
    """Collect and put at once. One query for all lists together."""
    names = Names()
    names.add(*lists)
    names.put()
