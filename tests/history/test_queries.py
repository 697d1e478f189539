from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.template import Context, Template

from changeboard.history import queries, sentences
from changeboard.history.record import record
from tests.factories.directory import ClientFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.mark.parametrize("events", [1, 3])
def test_a_timeline_is_one_query(events, django_assert_num_queries):
    client = ClientFactory()
    with transaction.atomic():
        for _ in range(events):
            record("test.seen", client, by=PersonFactory(), at=AT)
    with django_assert_num_queries(1):
        lines = queries.timeline(client)
        assert len([str(line.who) for line in lines]) == events


def test_a_line_says_what_from_to_when_and_who():
    sentences.register({"test.moved_on": "Moved to {to}"})
    client = ClientFactory()
    with transaction.atomic():
        record(
            "test.moved_on", client, by=None, at=AT, to=AT.date(), changes={"worst_case": ["0:45", "0:30"]}
        )
    text = Template("{% load history %}{% timeline client %}").render(Context({"client": client}))
    assert "Moved to Mon 23 Nov 2026" in text
    assert 'Worst case: <span class="strike">0:45</span> 0:30' in text
    assert "by rule" in text
