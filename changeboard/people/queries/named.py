"""Whom many rows name, in one query: a join to people costs more than the row itself."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from changeboard.people.models import Person


def name(*lists: tuple[Iterable[Model], Sequence[str]]) -> None:
    """Put the person into each of these fields of each row. One query for all lists together.

    `lists` are pairs of rows and names of their fields: `(comments, ["by"])`.
    """
    wanted = [
        (row, field, getattr(row, f"{field}_id"))
        for rows, fields in lists
        for row in rows
        for field in fields
    ]
    keys = {key for _, _, key in wanted if key is not None}
    persons = Person.objects.in_bulk(keys) if keys else {}
    for row, field, key in wanted:
        # What select_related does: setting the attribute would ask the database router row by row.
        row._state.fields_cache[field] = persons.get(key)
