"""The pages of notices: who may do what, and what they answer."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from notifications.actions import ticking, wording
from notifications.domain import signing
from notifications.models import Delivery
from notifications.queries.letters import UNSUBSCRIBE
from tests.factories.directory import ContactFactory
from tests.factories.people import GroupFactory, PersonFactory, one_of_each_role

pytestmark = pytest.mark.django_db

TWO_WEEKS = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
HANDLE = {"client_services", "administrator"}


@pytest.fixture
def now(time_machine):
    time_machine.move_to(TWO_WEEKS + timedelta(minutes=5), tick=False)


@pytest.fixture
def failed(desk, window, mailbox, now):
    mailbox.refusals[desk.address] = ["550 5.1.1 no such user"]
    ticking.tick(now=TWO_WEEKS)
    return Delivery.objects.get(milestone="two_weeks")


@pytest.fixture
def kim(client):
    person = PersonFactory(client_services=True, username="kim", email="kim@example.com")
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    "path",
    [
        "/notices/",
        "/notices/RIS-2026-12/",
        "/notices/RIS-2026-12/?problems=1",
        "/notices/ahead/",
        "/notices/ahead/?until=2027-01-31",
        "/notices/ahead/?until=soon",
        "/notices/RIS-2026-12/panel/",
        "/notices/RIS-2026-12/ledger.csv",
        "/clients/juniper-valley/told/",
    ],
)
def test_every_role_reads_and_others_sign_in_first(client, failed, path):
    assert client.get(path).status_code == 302
    for person in one_of_each_role().values():
        client.force_login(person)
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("act", "body"),
    [("resend", {}), ("waive", {"reason": "Closed"}), ("call", {"note": "Spoke to the lead"})],
)
def test_only_client_services_and_administrators_handle_notices(client, failed, act, body):
    for role, person in one_of_each_role().items():
        client.force_login(person)
        Delivery.objects.filter(pk=failed.pk).update(state="failed")
        answer = client.post(f"/notices/deliveries/{failed.pk}/{act}/", body)
        assert answer.status_code == (302 if role in HANDLE else 403), role


def test_a_waiver_without_a_reason_is_the_same_page_with_the_fault(client, kim, failed):
    answer = client.post(f"/notices/deliveries/{failed.pk}/waive/", {"reason": ""})
    assert answer.status_code == 400
    assert answer.context["waive"].errors["reason"] == ["Say why, in a few words."]


def test_what_cannot_be_held_answers_409_and_says_what_can_be_done(client, kim, failed):
    answer = client.post(f"/notices/deliveries/{failed.pk}/hold/")
    assert (answer.status_code, next(iter(answer.context["legal"]))) == (409, "resend")


def test_marketing_signs_what_client_services_wrote(client, failed, kim, window):
    client.post("/notices/RIS-2026-12/words/", {"paragraph": "Slower printing.", "version": 0})
    assert client.post("/notices/RIS-2026-12/words/sign-off/", {"version": 1}).status_code == 400
    client.force_login(PersonFactory(group=GroupFactory(slug="marketing")))
    assert client.post("/notices/RIS-2026-12/words/sign-off/", {"version": 1}).status_code == 302
    window.refresh_from_db()
    assert window.words.signed_paragraph == "Slower printing."


def test_words_that_changed_meanwhile_keep_what_was_typed_until_it_is_saved_over_them(
    client, kim, window, now
):
    wording.write(window, paragraph="First", version=0, by=PersonFactory(), at=TWO_WEEKS)
    page, mine = "/notices/RIS-2026-12/words/", {"paragraph": "Second"}
    answer = client.post(page, {**mine, "version": 0})
    assert (answer.status_code, "Second" in answer.content.decode()) == (409, True)
    assert client.post(page, {**mine, "version": answer.context["version"]}).status_code == 302


def test_a_preview_is_the_very_mail(client, kim, failed):
    page = client.get("/notices/RIS-2026-12/preview/?client=juniper-valley&milestone=day_before")
    assert (
        page.context["mail"].subject
        == "Tomorrow: RIS maintenance, Tue, Dec 15, 10:00 AM MST, up to 15 minutes"
    )


def test_a_test_goes_to_oneself_and_stands_in_no_ledger(client, kim, failed, mailbox):
    client.post("/notices/RIS-2026-12/preview/test/", {"client": "juniper-valley", "milestone": "two_weeks"})
    [subject] = mailbox.subjects(kim.email)
    assert subject.startswith("Test: RIS maintenance")
    assert Delivery.objects.filter(state="accepted").count() == 0


def test_the_ledger_as_a_file_has_a_line_a_delivery_and_no_formula(client, kim, failed):
    Delivery.objects.filter(pk=failed.pk).update(server_answer="=HYPERLINK(1)")
    rows = list(csv.DictReader(io.StringIO(client.get("/notices/RIS-2026-12/ledger.csv").content.decode())))
    assert [row["server_answer"] for row in rows if row["state"] == "failed"] == ["'=HYPERLINK(1)"]


def leave_path(contact, settings):
    word = signing.token(settings.SECRET_KEY, UNSUBSCRIBE, contact.pk)
    return reverse("notifications:leave", args=[contact.pk, word])


def test_following_the_link_changes_nothing_only_a_post_does(client, desk, juniper, settings):
    ContactFactory(client=juniper)
    path = leave_path(desk, settings)
    page = client.get(path)
    assert (page.status_code, settings.PLATFORM_NAME in page.content.decode()) == (200, True)
    desk.refresh_from_db()
    assert desk.active
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    desk.refresh_from_db()
    assert not desk.active


def test_whom_the_contract_names_is_told_whom_to_ask_and_client_services_see_it(client, desk, kim, settings):
    type(desk).objects.filter(pk=desk.pk).update(is_contractual=True)
    path = leave_path(desk, settings)
    assert "Let client services know" in client.get(path).content.decode()
    said = client.post(path).content.decode()
    desk.refresh_from_db()
    assert (desk.active, "Client services know that you asked" in said) == (True, True)
    client.force_login(kim)
    assert "named in the contract" in client.get("/notices/addresses/").content.decode()


def test_a_guessed_word_opens_nothing(client, desk):
    assert client.post(f"/notices/leave/{desk.pk}/{'0' * 32}/").status_code == 404


@pytest.mark.parametrize("windows", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    client, kim, failed, ris, windows, django_assert_num_queries
):
    from tests.factories.maintenance import WindowFactory

    for day in range(16, 15 + windows):
        WindowFactory(system=ris, on=TWO_WEEKS.date().replace(day=day), reference=f"RIS-2026-12-{day}")
    ticking.tick(now=TWO_WEEKS)
    client.get("/notices/")
    with django_assert_num_queries(25):
        client.get("/notices/")


def test_several_are_held_at_once_from_the_page_and_what_was_typed_stays(client, kim, failed, juniper):
    ContactFactory(client=juniper)
    ticking.tick(now=TWO_WEEKS + timedelta(minutes=6))
    [choice] = [key for key, _ in _offered(client) if key.startswith("hold:day_before")]
    wrong = client.post("/notices/RIS-2026-12/together/", {"choice": "hold:day_before:9", "reason": "Wait"})
    assert (wrong.status_code, wrong.context["together"]["reason"].value()) == (400, "Wait")
    assert client.post("/notices/RIS-2026-12/together/", {"choice": choice}).status_code == 302
    assert Delivery.objects.filter(milestone="day_before", state="held").count() == 2


def _offered(client):
    return client.get("/notices/RIS-2026-12/").context["together"].fields["choice"].choices


@pytest.mark.parametrize(
    ("query", "shown"),
    [("only=failed", 1), ("only=late", 0), ("only=untold", 1), ("q=juniper", 1), ("q=copper", 0)],
)
def test_the_coverage_is_filtered_by_what_is_wrong_and_by_name(client, kim, failed, query, shown):
    page = client.get(f"/notices/RIS-2026-12/?{query}")
    assert page.context["page"].paginator.count == shown


def test_why_it_was_held_stands_with_the_delivery(client, kim, failed):
    row = Delivery.objects.get(milestone="day_before")
    client.post(f"/notices/deliveries/{row.pk}/hold/", {"reason": "They are moving house"})
    page = client.get(f"/notices/deliveries/{row.pk}/")
    assert [act.words.endswith("They are moving house") for act in page.context["acts"]] == [True]


def test_the_timeline_shows_what_went_and_how_many_were_not_told(client, kim, failed):
    [wave] = client.get("/notices/").context["board"].gone
    assert (wave.reference, wave.readers, wave.told, wave.failed) == ("RIS-2026-12", 1, 0, 1)


def test_a_notice_is_previewed_at_each_milestone_in_any_zone_and_as_a_phone_shows_it(
    client, kim, desk, window
):
    ticking.tick(now=TWO_WEEKS)
    page = "/notices/RIS-2026-12/preview/?client=juniper-valley&width=phone&zone=Asia/Kolkata&milestone="
    offered = client.get(page).context["shown"].milestones
    for milestone, _ in offered:
        answer = client.get(page + milestone)
        assert (answer.status_code, answer.context["shown"].milestone) == (200, milestone)
    two_weeks = client.get(page + "two_weeks").content.decode()
    assert ("10:30–10:45 PM IST" in two_weeks, "mail--phone" in two_weeks) == (True, True)


def test_client_services_decide_on_the_page_who_hears_of_other_words(client, kim, desk, window, mailbox):
    ticking.tick(now=TWO_WEEKS)
    wording.write(window, paragraph="Printing is slow.", version=0, by=kim, at=TWO_WEEKS)
    wording.sign_off(window, version=1, by=PersonFactory(), at=TWO_WEEKS)
    page = "/notices/RIS-2026-12/words/"
    shown = client.get(page)
    assert "Clients were told in other words" in shown.content.decode()
    read = {"who": "everybody", "seen": shown.context["telling"].fingerprint}
    assert client.post(f"{page}tell/", read).status_code == 302
    assert "Clients were told in other words" not in client.get(page).content.decode()


def test_a_preview_in_another_zone_is_of_the_hour_at_which_it_would_go_there(client, kim, desk, window):
    ticking.tick(now=TWO_WEEKS)
    page = "/notices/RIS-2026-12/preview/?client=juniper-valley&zone=Asia/Tokyo&milestone=day_before"
    answer = client.get(page)
    # The window starts on the 16th there: at 09:00 on the 15th it is tomorrow.
    assert answer.context["shown"].due_at == datetime(2026, 12, 15, 0, tzinfo=UTC)
    assert answer.context["mail"].subject.startswith("Tomorrow: ")
