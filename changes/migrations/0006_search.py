"""What changes are found by, and the words of those that are there already."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# As actions/searching.py writes it today; a migration keeps its own copy.
FILL = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("changes", "0005_asked_at")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="changes.change",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="changes_by_their_words")
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
