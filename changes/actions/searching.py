"""Keeping what is found by words. Called by the verbs that write title, why, plan or discussion."""

from collections.abc import Sequence

from django.db import connection, transaction

from changes.models import Change

# Longer texts are found by their first hundred thousand characters: a tsvector holds one megabyte.
_WRITE = """
INSERT INTO changes_searchtext (change_id, words)
SELECT c.id,
       setweight(to_tsvector('simple', c.reference || ' ' || c.title), 'A')
    || setweight(to_tsvector('english', c.title), 'A')
    || setweight(to_tsvector('english', left(c.why, 100000)), 'B')
    || setweight(to_tsvector('english', left(coalesce(plan.said, ''), 100000)), 'C')
    || setweight(to_tsvector('english', left(coalesce(talk.said, ''), 100000)), 'D')
FROM changes_change c
LEFT JOIN LATERAL (
    SELECT string_agg(concat_ws(' ', s.text, s.undo), ' ' ORDER BY s.position) AS said
    FROM changes_planstep s WHERE s.change_id = c.id
) plan ON true
LEFT JOIN LATERAL (
    SELECT string_agg(t.said, ' ' ORDER BY t.at DESC) AS said
    FROM (
        SELECT text AS said, at FROM changes_comment WHERE change_id = c.id
        UNION ALL
        SELECT concat_ws(' ', text, answer), asked_at FROM changes_question WHERE change_id = c.id
    ) t
) talk ON true
WHERE c.id = ANY(%s)
ON CONFLICT (change_id) DO UPDATE SET words = excluded.words
"""
_HOLD = "SELECT 1 FROM changes_searchtext WHERE change_id = ANY(%s) ORDER BY change_id FOR UPDATE"
AT_ONCE = 1000


@transaction.atomic
def index(*changes: Change) -> None:
    """Write what these changes are found by, inside the caller's transaction. Two queries."""
    _index([change.pk for change in changes])


@transaction.atomic
def index_all() -> int:
    """The same for every change; answers how many. For rows that no verb wrote."""
    keys = list(Change.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        _index(keys[start : start + AT_ONCE])
    return len(keys)


def _index(keys: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        # Held first, read after: who comments at the same time is read too, not written over.
        cursor.execute(_HOLD, [list(keys)])
        cursor.execute(_WRITE, [list(keys)])
