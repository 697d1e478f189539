"""The rows of PRODUCT.md section 8 that are about changes, cell by cell, in the pages and in the API."""

import pytest
from django.urls import reverse

from changes.models import Change
from tests.factories.changes import a_draft, a_harmless_sheet, an_approved, window
from tests.factories.people import GroupFactory, PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db
WITHOUT_A_CHANGE = ("list", "csv", "new", "save_view", "news", "read_all_news")
EVERYBODY = ["engineer", "board_member", "chair", "release_engineer", "client_services", "administrator"]

# act, roles that may on another person's change, whether the requester may
PAGES = [
    ("get", "list", EVERYBODY, True),
    ("get", "csv", EVERYBODY, True),
    ("get", "new", EVERYBODY, True),
    ("get", "save_view", EVERYBODY, True),
    ("get", "detail", EVERYBODY, True),
    ("get", "history", EVERYBODY, True),
    ("get", "edit", [], True),
    ("post", "submit", [], True),
    ("post", "withdraw", [], True),
    ("post", "say", EVERYBODY, True),
    ("get", "attach", EVERYBODY, True),
    ("get", "news", EVERYBODY, True),
    ("post", "read_all_news", EVERYBODY, True),
    ("post", "watch", EVERYBODY, True),
    ("post", "unwatch", EVERYBODY, True),
    ("post", "ride", ["release_engineer", "administrator"], True),
    ("post", "word", ["client_services", "administrator"], False),
    ("post", "approve_emergency", ["board_member", "chair"], False),
    ("post", "remind", ["chair"], True),
    ("get", "object_emergency", ["board_member", "chair"], False),
]


def knock(client, person, method, name, change):
    client.force_login(person)
    args = [] if name in WITHOUT_A_CHANGE else [change.reference]
    return getattr(client, method)(reverse(f"changes:{name}", args=args), {"text": "x"}).status_code


@pytest.mark.parametrize(("method", "name", "allowed", "_"), PAGES)
def test_each_role_may_what_the_table_says(client, method, name, allowed, _):
    opened = [
        role
        for role, person in one_of_each_role().items()
        if knock(client, person, method, name, an_approved(a_harmless_sheet())) != 403
    ]
    assert sorted(opened) == sorted(allowed)


@pytest.mark.parametrize(("method", "name", "_", "allowed"), PAGES)
def test_the_requester_may_what_the_table_says_of_own_changes(client, method, name, _, allowed):
    person = PersonFactory(roles=["board_member"])
    status = knock(client, person, method, name, a_draft(by=person))
    assert (status != 403) == allowed


@pytest.mark.parametrize(
    "name", ["list", "csv", "new", "save_view", "detail", "edit", "submit", "ride", "say", "news", "watch"]
)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, name):
    args = [] if name in WITHOUT_A_CHANGE else [a_draft().reference]
    response = client.get(reverse(f"changes:{name}", args=args))
    assert (response.status_code in (302, 405), Change.objects.filter(state="withdrawn").count()) == (True, 0)


def test_only_marketing_signs_the_paragraph_and_never_its_own(client):
    marketing = PersonFactory(group=GroupFactory(slug="marketing"))
    own, others = a_draft(by=marketing), a_draft()
    statuses = [knock(client, marketing, "post", "sign", change) for change in (own, others)]
    stranger = knock(client, PersonFactory(), "post", "sign", others)
    assert (*statuses, stranger) == (403, 400, 403)


API = [
    ("get", "", EVERYBODY),
    ("get", "{reference}/", EVERYBODY),
    ("post", "", EVERYBODY),
    ("post", "{reference}/submit/", []),
    ("post", "{reference}/withdraw/", []),
]


@pytest.mark.parametrize(("method", "path", "allowed"), API)
def test_the_api_follows_the_same_table(client, method, path, allowed):
    opened = []
    for role, person in one_of_each_role().items():
        client.force_login(person)
        url = "/api/v1/changes/" + path.format(reference=an_approved(a_harmless_sheet()).reference)
        sent = {"content_type": "application/json"} if method == "post" else {}
        if getattr(client, method)(url, **sent).status_code not in (401, 403):
            opened.append(role)
    assert sorted(opened) == sorted(allowed)


def test_a_window_lists_what_rides_on_it_for_everybody_signed_in(client):
    on = window()
    client.force_login(PersonFactory())
    assert client.get(reverse("changes:aboard", args=[on.reference])).status_code == 200
