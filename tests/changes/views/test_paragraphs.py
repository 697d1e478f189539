import pytest

from changes.models import Change
from tests.factories.changes import a_draft
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DRAFT = "During this maintenance:\nVpn tunnels: may be slow or briefly interrupted for up to 30 seconds."


@pytest.fixture
def change(client):
    client.force_login(PersonFactory(client_services=True))
    return a_draft()


def sent(client, change, do, words):
    return client.post(f"/changes/{change.reference}/paragraph/", {"do": do, "client_paragraph": words})


def field(answer):
    return answer.context["form"]["client_paragraph"].value()


@pytest.mark.parametrize(
    ("do", "words", "shown", "offered"),
    [("draft", " ", DRAFT, ""), ("draft", "Mine", "Mine", DRAFT), ("replace", "Mine", DRAFT, "")],
)
def test_a_draft_fills_an_empty_field_and_never_overwrites_words_unasked(
    client, change, do, words, shown, offered
):
    answer = sent(client, change, do, words)
    assert (answer.status_code, field(answer), answer.context.get("offered", "")) == (200, shown, offered)
    assert Change.objects.get().client_paragraph == ""


def test_the_draft_is_saved_like_any_wording(client, change):
    sent(client, change, "save", DRAFT)
    # As a browser sends it, with both signs at the end of a line.
    assert Change.objects.get().client_paragraph.splitlines() == DRAFT.splitlines()


def test_words_that_are_too_long_are_kept_beside_the_fault(client, change):
    answer = sent(client, change, "save", "x" * 2001)
    assert (answer.status_code, field(answer)) == (400, "x" * 2001)


def test_the_page_of_the_change_says_that_the_impacts_changed_since(client, change):
    sent(client, change, "save", "We connect two devices.")
    path, said = f"/changes/{change.reference}/", "The impacts changed since"
    seen = [said in client.get(path).content.decode()]
    change.impacts.update(seconds=60)
    assert [*seen, said in client.get(path).content.decode()] == [False, True]
