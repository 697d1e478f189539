import csv
from urllib.parse import urlencode

import pytest

from changeboard import clock
from changes.actions import filing
from changes.domain.sheet import Sheet
from changes.models import Change
from tests.changes.views.test_lists import shown
from tests.factories.changes import AT, a_draft, a_harmless_sheet, a_sheet, a_submitted, window
from tests.factories.directory import SystemFactory
from tests.factories.people import GroupFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def the_two():
    """One change that every filter below names, and one that none of them does."""
    group, on = GroupFactory(slug="operations"), window()
    by = PersonFactory(username="olga", group=group)
    pacs = frozenset({SystemFactory(code="PACS").pk})
    named = a_submitted(a_sheet(systems=pacs, window=on.pk), by=by, at=AT)
    other = a_draft(a_harmless_sheet(title="Something else", why="Else"))
    Change.objects.filter(pk=named.pk).update(kind="emergency", risk_level="high")
    return named, other, on


ONE = ["q=firewalls", "state=in_review", "system=PACS", "kind=emergency", "risk=high", "risk=high_up", "short=yes",
       "requester=olga", "group=operations"]  # fmt: skip


@pytest.mark.parametrize("query", ONE)
def test_each_filter_finds_what_it_names(client, person, query):
    named, _, _ = the_two()
    state = Change.objects.get(pk=named.pk).state
    assert shown(client, "?view=all&" + query.replace("in_review", state)) == [named.reference]


def test_the_window_and_the_references_are_filters_too(client, person):
    named, other, on = the_two()
    found = shown(client, f"?window={on.reference}"), shown(client, f"?ref={other.reference}")
    assert found == ([named.reference], [other.reference])


def test_several_values_of_one_filter_are_either_of_several_filters_all(client, person):
    named, other, _ = the_two()
    either = shown(client, "?risk=high&risk=low")
    both = shown(client, "?risk=high&risk=low&kind=normal")
    assert (either, both) == ([other.reference, named.reference], [other.reference])


def test_without_a_view_filters_look_through_all_and_else_what_is_open(client, person):
    gone = a_draft(a_sheet(), at=AT)
    filing.withdraw(gone, by=person, at=AT)
    assert (shown(client), shown(client, "?q=firewalls")) == ([], [gone.reference])


BROKEN = ["view=nonsense", "system=XX", "window=none", "state=%00", "requester=%00", "risk=9", "sort=;drop",
          "page=zzz", "page=99", "ref=1", "group=%F0%9F%98%80"]  # fmt: skip


@pytest.mark.parametrize("query", BROKEN)
def test_what_cannot_be_read_is_left_out_and_named(client, person, query):
    change = a_draft()
    response = client.get(f"/changes/?{query}")
    found = [each.reference for each in response.context["page"].object_list]
    assert (found, len(response.context["form"].left_out)) == ([change.reference], 1)


@pytest.mark.parametrize("words", ["\x00", "x" * 5000, "'\"(", "((a|b", "\u202e", "%"])
def test_no_words_fail(client, person, words):
    assert client.get("/changes/?" + urlencode({"q": words})).status_code == 200


def test_each_chip_takes_its_own_value_away(client, person):
    chips = client.get("/changes/?q=edge&risk=high&risk=low&sort=title").context["chips"]
    kept = "?view=all&sort=title&risk=low&risk=high"
    assert [(chip.label, chip.value) for chip in chips] == [
        ("Words", "edge"),
        ("Risk", "Low"),
        ("Risk", "High"),
    ]
    assert (chips[0].without, chips[1].without) == (kept, "?view=all&q=edge&sort=title&risk=high")


SORTED = {
    "number": "ABC", "-number": "CBA", "title": "ABC", "-title": "CBA", "risk": "BAC", "-risk": "ABC",
    "state": "CBA", "requester": "CBA", "down": "CBA", "": "CBA",
}  # fmt: skip


@pytest.mark.parametrize("sort", SORTED)
def test_the_order_is_that_of_the_column_and_what_has_no_value_stands_last(client, person, sort):
    for title, score, name in (("A", 12, "Zed"), ("B", 6, "May"), ("C", None, "Abe")):
        change = a_draft(Sheet(title=title), by=PersonFactory(last_name=name))
        figures = {"risk_score": score, "likelihood": score and 1, "impact": score and 1}
        level = {"risk_level": "low" if score else ""}
        Change.objects.filter(pk=change.pk).update(**{**dict.fromkeys(figures), **level, **_fits(score)})
    titles = [row.title for row in client.get(f"/changes/?sort={sort}").context["page"].object_list]
    assert "".join(titles) == SORTED[sort]


def _fits(score):
    """Likelihood and impact that make the score."""
    if score is None:
        return {}
    return {"risk_score": score, "likelihood": 3, "impact": score // 3}


def test_the_head_of_the_sorting_column_says_so(client, person):
    a_draft()
    page = client.get("/changes/?sort=-risk").content.decode()
    assert (page.count("aria-sort"), 'aria-sort="descending"' in page, "?sort=risk" in page) == (
        1,
        True,
        True,
    )


def test_an_empty_list_says_what_to_loosen(client, person):
    change = a_draft(a_harmless_sheet())
    response = client.get("/changes/?view=closed&q=firewalls&risk=low")
    counts = [(each["label"], each["count"], each["address"]) for each in response.context["loosen"]]
    assert counts == [("View", 1, "?q=firewalls&risk=low&view=all")]
    assert shown(client, counts[0][2]) == [change.reference]


def test_the_panel_of_filters_shows_every_choice_and_what_is_chosen(client, person):
    _, _, on = the_two()
    page = client.get("/changes/?filter=open&requester=olga").content.decode()
    assert ('value="olga" checked' in page, f'value="{on.reference}"' in page, page.count("checked")) == (
        True, True, 1,
    )  # fmt: skip


def sheet(client, query=""):
    """The rows of the exported file; its first sign is the mark of UTF-8."""
    text = b"".join(client.get(f"/changes/list.csv{query}").streaming_content).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(text[1:].splitlines()))


@pytest.mark.parametrize("title", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1"])
def test_the_sheet_runs_no_formula(client, person, title):
    change = a_draft(Sheet(title="T"))
    Change.objects.filter(pk=change.pk).update(title=title)
    assert [row[1] for row in sheet(client)[1:]] == [f"'{title}"]


def test_the_sheet_holds_every_page_of_what_is_shown_in_its_order(client, person):
    for number in range(30):
        a_draft(Sheet(title=f"Title {number:02}", systems=frozenset({SystemFactory().pk})))
    filing.withdraw(a_draft(Sheet(title="Gone")), by=person, at=AT)
    rows = sheet(client, "?view=open&sort=title&page=2")
    assert [(row[1], row[2]) for row in rows[1:]] == [(f"Title {n:02}", "RIS") for n in range(30)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_asks_the_same_number_of_queries_for_one_and_three_rows(
    client, person, rows, django_assert_num_queries
):
    for _ in range(rows):
        a_draft(at=clock.now())
    with django_assert_num_queries(3):
        assert len(sheet(client)) == rows + 1
