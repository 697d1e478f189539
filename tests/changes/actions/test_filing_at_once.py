"""Two requests at one moment, on a real PostgreSQL, in two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from changeboard.refusal import Refusal
from changes.actions import filing
from changes.models import Change
from tests.factories.changes import AT, a_draft, a_sheet
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(first, second):
    """What both gave, or the code with which they were refused; both begin together."""
    ready = Barrier(2)

    def run(act):
        ready.wait(timeout=5)
        try:
            return act()
        except Refusal as refused:
            return refused.reasons[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, [first, second]))


def test_one_form_sent_twice_at_once_makes_one_change():
    person, token, sheet = PersonFactory(), uuid4(), a_sheet()
    made = at_once(*[lambda: filing.file(sheet, by=person, at=AT, form_token=token).reference] * 2)
    assert (len(set(made)), Change.objects.count()) == (1, 1)


def test_of_two_edits_at_once_one_is_refused_and_told():
    change = a_draft()
    seen = change.version

    def edit(title):
        sheet = a_sheet(title=title)
        return lambda: filing.edit(change, sheet, version=seen, by=change.requester, at=AT).title

    outcomes = at_once(edit("First"), edit("Second"))
    assert (outcomes.count("change.edited_meanwhile"), Change.objects.get().title in outcomes) == (1, True)
