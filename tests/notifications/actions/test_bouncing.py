"""What comes back is never quiet: the notice is bounced, and a person looks at the address."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from changeboard.directory.models import Contact
from changeboard.refusal import Refusal
from notifications.actions import bouncing, confirming, holding, ticking
from notifications.domain import bounce_mail
from notifications.models import AddressCheck, Delivery, MailReport
from tests.factories.people import PersonFactory
from tests.notifications.bounces import bounce, complaint

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
LATER = DUE + timedelta(minutes=2)


@pytest.fixture
def told(desk, window, mailbox):
    """The desk was told, as far as anybody knows."""
    ticking.tick(now=DUE)
    return Delivery.objects.get(milestone="two_weeks")


def take(mail: bytes, at: datetime = LATER) -> list[str]:
    return [bouncing.take(each, source="mail", at=at).value for each in bounce_mail.read(mail)]


def test_a_bounce_marks_the_notice_and_the_address_with_the_servers_words(told, desk):
    assert take(bounce(told.message_id)) == ["taken"]
    told.refresh_from_db()
    desk.refresh_from_db()
    words = "5.1.1 smtp; 550 5.1.1 user unknown"
    assert (told.state, told.what_went_wrong, desk.bounced_at, desk.bounce_words) == (
        "bounced",
        words,
        LATER,
        words,
    )
    assert [(row.outcome, row.answer) for row in told.attempts.all()][-1] == ("bounced", words)
    assert (list(Delivery.objects.unsettled()), list(Contact.objects.to_look_at())) == ([told], [desk])


def test_what_is_told_again_changes_nothing(told):
    assert [take(bounce(told.message_id)) for _ in range(3)] == [["taken"], ["known"], ["known"]]
    assert (told.attempts.count(), MailReport.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("action", "status", "state", "marked"),
    [
        ("delayed", "4.4.1", "accepted", False),
        ("delivered", "2.0.0", "accepted", False),
        ("failed", "4.4.7", "bounced", False),
    ],
)
def test_what_waits_or_arrived_is_noted_and_what_was_given_up_is_lost_with_a_good_address(
    told, desk, action, status, state, marked
):
    take(bounce(told.message_id, action=action, status=status, words="as it says"))
    told.refresh_from_db()
    desk.refresh_from_db()
    assert (told.state, desk.bounced_at is not None, told.attempts.count()) == (state, marked, 2)


def test_a_complaint_leaves_the_notice_as_told_and_asks_a_person_to_look(told, desk):
    take(complaint(told.message_id))
    told.refresh_from_db()
    desk.refresh_from_db()
    assert (told.state, desk.active, desk.complained_at) == ("accepted", True, LATER)
    assert list(Contact.objects.to_look_at()) == [desk]


def test_a_late_bounce_of_a_mail_that_was_sent_again_does_not_touch_the_new_one(told, desk, mailbox):
    first = told.message_id
    take(bounce(first))
    told.refresh_from_db()
    holding.resend(told, by=PersonFactory(), at=LATER)
    ticking.tick(now=LATER + timedelta(seconds=5))
    take(bounce(first, words="550 5.1.1 told by another server"))
    told.refresh_from_db()
    assert (told.state, told.message_id == first, told.reason) == ("accepted", False, "")


def test_a_bounce_that_overtakes_the_answer_is_told_again(told):
    Delivery.objects.filter(pk=told.pk).update(
        state="sending", lease_owner="x", lease_until=LATER, accepted_at=None
    )
    with pytest.raises(Refusal):
        take(bounce(told.message_id))
    assert MailReport.objects.count() == 0


def test_a_bounce_of_an_address_that_is_another_by_now_leaves_the_new_one_alone(told, desk):
    Contact.objects.filter(pk=desk.pk).update(address="right@juniper.example")
    take(bounce(told.message_id))
    desk.refresh_from_db()
    told.refresh_from_db()
    assert (told.state, desk.bounced_at) == ("bounced", None)


def test_strange_mails_are_counted_and_mark_nobody(told):
    assert take(bounce("<somebody@else.example>")) == ["strange"]
    assert MailReport.objects.strange(since=DUE).count() == 1


def test_what_a_stranger_writes_into_a_report_breaks_nothing(told):
    assert take(bounce("<ris-2026-12.r0.two-weeks.c" + "1" * 5000 + "@127.0.0.1>")) == ["strange"]
    assert take(bounce(told.message_id, words="550 nul \0 here")) == ["taken"]


def test_where_mails_have_an_address_to_come_back_to_a_guessed_name_loses_none(told, desk, settings):
    settings.BOUNCE_ADDRESS = "bounces@changes.example"
    assert take(bounce(told.message_id)) == ["strange"]
    told.refresh_from_db()
    desk.refresh_from_db()
    assert (told.state, desk.bounced_at) == ("accepted", None)


def test_the_envelope_alone_names_the_notice(told, desk, settings, mailbox):
    settings.BOUNCE_ADDRESS = "bounces@changes.example"
    Delivery.objects.filter(pk=told.pk).update(state="failed")
    told.refresh_from_db()
    holding.resend(told, by=PersonFactory(), at=LATER)
    ticking.tick(now=LATER)
    assert take(bounce("<lost@relay.example>", to=mailbox.senders[-1])) == ["taken"]
    told.refresh_from_db()
    assert told.state == "bounced"


def test_the_mail_that_asks_whether_an_address_is_right_says_it_by_coming_back(desk, mailbox):
    confirming.ask(desk, by=PersonFactory(), at=DUE)
    confirming.send_due(now=DUE)
    take(bounce(f"<address-check.{AddressCheck.objects.get().pk}@127.0.0.1>"))
    desk.refresh_from_db()
    assert desk.bounced_at == LATER


def test_a_mail_server_pipes_and_a_folder_is_read(told, tmp_path, capsys):
    for number in range(2):
        (tmp_path / f"{number}.eml").write_bytes(bounce(told.message_id))
    (tmp_path / "note.txt").write_bytes(b"Subject: hello\n\nNo report.")
    call_command("read_bounces", str(tmp_path))
    assert capsys.readouterr().out == "1 known, 1 no report, 1 taken\n"
    with pytest.raises(CommandError):
        call_command("read_bounces", str(tmp_path / "nothing"))
