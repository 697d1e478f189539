import pytest
from django.db import connection

from changes.actions import searching as keeping
from changes.domain.sheet import Sheet, Step
from changes.models import Change
from changes.queries import searching
from changes.queries.searching import Piece
from tests.factories.changes import a_draft, a_sheet
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def found(text):
    rows = searching.matching(Change.objects.all(), text).order_by("-rank", "-number")
    return [change.title for change in rows]


def said_in_each_part():
    """Four changes: one says "interconnect" in its title, one in its why, one in its plan, one nowhere."""
    a_draft(Sheet(title="Nothing of it"))
    a_draft(Sheet(title="In the plan", steps=(Step(text="Bring up the interconnect", undo="Shut it"),)))
    a_draft(Sheet(title="In the why", why="The interconnect is old"))
    a_draft(Sheet(title="An interconnect"))


def test_the_title_counts_more_than_the_why_and_that_more_than_the_plan():
    said_in_each_part()
    assert found("interconnect") == ["An interconnect", "In the why", "In the plan"]


@pytest.mark.parametrize(
    "text",
    [
        "firewall",
        "Firewalls",
        "connecting firew",
        '"edge firewalls"',
        "firewalls -worklist",
        "shut or nothing",
    ],
)
def test_words_are_found_in_any_form_and_the_last_one_by_its_beginning(text):
    a_draft(a_sheet(title="Connect the two edge firewalls"))
    assert found(text) == ["Connect the two edge firewalls"]


@pytest.mark.parametrize("text", ["worklist", "edge -firewalls", '"firewalls edge"', "((", "a:b & !", "😀"])
def test_what_is_not_said_is_not_found_and_no_sign_fails(text):
    a_draft(a_sheet(title="Connect the two edge firewalls"))
    assert found(text) == []


def test_a_reference_finds_its_change_and_those_that_mention_it():
    named = a_draft(Sheet(title="Named"))
    a_draft(Sheet(title="Mentions it", why=f"After {named.reference}"))
    a_draft(Sheet(title="Another"))
    assert (found(str(named.number)), found(named.reference)) == (["Named", "Mentions it"],) * 2


def test_an_excerpt_shows_where_the_words_stand_and_keeps_signs_as_text():
    change = a_draft(Sheet(title="T", why="Before <b>the</b> firewall fails"))
    other = a_draft(Sheet(title="A firewall"))
    shown = searching.excerpts([change, other], "firewalls")
    hits = [piece for piece in shown[change.pk] if piece.is_hit]
    assert (list(shown), hits, len(shown[change.pk])) == ([change.pk], [Piece("firewall", True)], 3)


def test_excerpts_of_any_number_of_changes_are_one_query(django_assert_num_queries):
    by = PersonFactory()
    changes = [a_draft(Sheet(title="T", why="The firewall"), by=by) for _ in range(3)]
    with django_assert_num_queries(1):
        shown = searching.excerpts(changes, "firewall")
    assert len(shown) == 3


def test_among_many_changes_the_index_is_used():
    by, rare = PersonFactory(), a_draft(Sheet(title="Something rare"))
    first = rare.number + 1
    Change.objects.bulk_create(
        Change(number=n, reference=f"CHG-{n}", title=f"Raise limit {n}", requester=by)
        for n in range(first, first + 3000)
    )
    keeping.index_all()
    with connection.cursor() as cursor:
        # What autovacuum does in its time.
        cursor.execute("SELECT gin_clean_pending_list('changes_by_their_words')")
        cursor.execute("ANALYZE changes_searchtext, changes_change")
    plan = searching.matching(Change.objects.all(), "rare").explain()
    assert ("changes_by_their_words" in plan, found("rare")) == (True, ["Something rare"])
