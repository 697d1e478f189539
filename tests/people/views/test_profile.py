import pytest
from django.urls import reverse

from changeboard.people.models import Key
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
TYPED = {"first_name": "Nora", "last_name": "Net", "email": "nora@example.com", "time_zone": "America/Denver"}


@pytest.fixture
def nora(client):
    person = PersonFactory()
    person.set_password("changeboard")
    person.save()
    client.force_login(person)
    return person


def test_a_person_edits_their_own_name_and_zone(client, nora):
    answer = client.post(reverse("people:profile"), TYPED)
    nora.refresh_from_db()
    assert (answer.status_code, str(nora), nora.time_zone) == (302, "N. Net", "America/Denver")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_written(client, nora):
    answer = client.post(reverse("people:profile"), {**TYPED, "email": "nobody", "time_zone": "Mars/Base"})
    nora.refresh_from_db()
    assert (answer.status_code, set(answer.context["form"].errors)) == (400, {"email", "time_zone"})
    assert nora.time_zone == "America/Chicago"


def test_the_address_of_another_person_is_refused(client, nora):
    PersonFactory(email="taken@example.com")
    answer = client.post(reverse("people:profile"), {**TYPED, "email": "Taken@example.com"})
    assert (answer.status_code, answer.context["form"].errors["email"]) == (
        400,
        ["Another person has this address."],
    )


def test_a_changed_password_keeps_this_session_and_counts_from_now_on(client, nora):
    typed = {"present": "changeboard", "new": "a long walk home", "again": "a long walk home"}
    assert client.post(reverse("people:password"), typed).status_code == 302
    nora.refresh_from_db()
    assert nora.check_password("a long walk home")
    assert client.get(reverse("people:profile")).status_code == 200


def test_a_password_is_not_changed_without_the_present_one(client, nora):
    typed = {"present": "guess", "new": "a long walk home", "again": "a long walk back"}
    answer = client.post(reverse("people:password"), typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (400, {"present", "again"})


def test_a_key_s_secret_is_shown_once(client, nora):
    answer = client.post(reverse("people:new_key"), {"name": "Script", "scopes": ["changes:read"]})
    secret = answer.context["secret"]
    assert secret in answer.text
    assert secret not in client.get(reverse("people:profile")).text


def test_a_key_is_revoked_by_its_owner_and_not_by_another_person(client, nora):
    own = Key.objects.create(name="own", owner=nora, prefix="cb_x", secret_digest="1", scopes=[])
    other = Key.objects.create(
        name="other", owner=PersonFactory(), prefix="cb_y", secret_digest="2", scopes=[]
    )
    assert client.post(reverse("people:revoke_key", args=[own.pk])).status_code == 302
    assert client.post(reverse("people:revoke_key", args=[other.pk])).status_code == 403
    assert list(Key.objects.usable()) == [other]


MAIL = {"mail": "daily", "digest_hour": "18", "digest_every_day": "yes"}


def test_a_person_chooses_how_they_are_mailed(client, nora):
    assert client.post(reverse("people:mail"), MAIL).status_code == 302
    nora.refresh_from_db()
    assert (nora.mail, nora.digest_hour, nora.digest_every_day) == ("daily", 18, True)


@pytest.mark.parametrize("fault", [{"mail": "often"}, {"digest_hour": "24"}, {"digest_every_day": ""}])
def test_a_choice_that_is_none_is_refused_beside_its_field(client, nora, fault):
    answer = client.post(reverse("people:mail"), {**MAIL, **fault})
    nora.refresh_from_db()
    assert (answer.status_code, set(answer.context["mail_form"].errors)) == (400, set(fault))
    assert nora.mail == "at_once"


def test_whoever_wants_mails_again_is_told_of_what_comes_only(client, nora):
    before = nora.mail_since
    client.post(reverse("people:mail"), {**MAIL, "mail": "none"})
    client.post(reverse("people:mail"), MAIL)
    nora.refresh_from_db()
    assert nora.mail_since > before
