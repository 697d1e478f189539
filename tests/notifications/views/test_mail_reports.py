"""A provider tells of mails: Postmark's own requests, with its secret, over mails that its own interface took."""

import base64
import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from notifications.actions import ticking
from notifications.models import Delivery, MailReport
from tests.hook_server import HookServer

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 12, 1, 16, 0, 20, tzinfo=UTC)
DOOR = "/anymail/postmark/tracking/"
KNOWN_AS = "0a129aee-e1cd-480d-b08d-4f48548ff48d"
TAKEN = {
    "ErrorCode": 0, "Message": "OK", "MessageID": KNOWN_AS, "SubmittedAt": "2026-12-01T16:00:21Z",
    "To": "pacs@juniper.example",
}  # fmt: skip
BOUNCE = {
    "RecordType": "Bounce", "ID": 692560173, "Type": "HardBounce", "TypeCode": 1, "MessageID": KNOWN_AS,
    "Description": "The server was unable to deliver your message (ex: unknown user).",
    "Details": "smtp;550 5.1.1 The email account does not exist.", "Email": "pacs@juniper.example",
    "From": "maintenance@example.com", "BouncedAt": "2026-12-01T16:05:00Z", "Inactive": True,
}  # fmt: skip

INACTIVE = (
    "You tried to send to a recipient that has been marked as inactive. Found inactive addresses: "
    "pacs@juniper.example. Inactive recipients are ones that have generated a hard bounce."
)


@pytest.fixture
def postmark(settings):
    """Its interface, answering on this machine."""
    with HookServer(body=json.dumps(TAKEN).encode()) as server:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": f"http://127.0.0.1:{server.port}/",
            "WEBHOOK_SECRET": "postmark:s3cret",
        }  # fmt: skip
        yield server


@pytest.fixture
def told(desk, window, postmark):
    ticking.tick(now=DUE)
    return Delivery.objects.get(milestone="two_weeks")


def tell(event: dict[str, object], secret: str = "postmark:s3cret", door: str = DOOR):
    word = base64.b64encode(secret.encode()).decode()
    return Client().post(
        door, json.dumps(event), content_type="application/json", headers={"Authorization": f"Basic {word}"}
    )


def test_a_mail_leaves_by_the_providers_interface_and_keeps_both_names(told, postmark):
    [posted] = postmark.posted
    said = json.loads(posted.body)
    names = {header["Name"]: header["Value"] for header in said["Headers"]}
    assert (told.state, told.provider_id, told.server_answer) == (
        "accepted", KNOWN_AS, f"250 handed to postmark as {KNOWN_AS}",
    )  # fmt: skip
    assert (names["Message-ID"], said["Metadata"]) == (
        told.message_id,
        {"delivery": told.message_id.strip("<>")},
    )


def test_a_bounce_that_knows_only_the_providers_name_finds_the_notice(told, desk):
    assert tell(BOUNCE).status_code == 200
    told.refresh_from_db()
    desk.refresh_from_db()
    assert (told.state, "550 5.1.1" in told.reason, desk.bounced_at is not None) == ("bounced", True, True)


def test_a_soft_bounce_is_noted_only(told, desk):
    tell({**BOUNCE, "Type": "SoftBounce", "Details": "smtp;452 4.2.2 mailbox full"})
    told.refresh_from_db()
    desk.refresh_from_db()
    assert (told.state, told.attempts.order_by("pk").last().outcome, desk.bounced_at) == (
        "accepted",
        "delayed",
        None,
    )


def test_in_any_order_and_again_it_is_the_same_story(told):
    delivered = {"RecordType": "Delivery", "MessageID": KNOWN_AS, "Recipient": "pacs@juniper.example",
                 "DeliveredAt": "2026-12-01T16:00:30Z", "Details": "250 2.0.0 OK"}  # fmt: skip
    answers = [tell(event).status_code for event in (BOUNCE, delivered, BOUNCE, delivered)]
    told.refresh_from_db()
    assert (answers, told.state, [row.outcome for row in told.attempts.order_by("pk")]) == (
        [200] * 4, "bounced", ["accepted", "bounced", "delivered"],
    )  # fmt: skip


def test_a_mail_that_nobody_knows_is_counted_and_answered_well(postmark):
    assert tell({**BOUNCE, "MessageID": "somebody-else"}).status_code == 200
    assert MailReport.objects.get().delivery is None


def test_a_report_that_comes_too_early_is_asked_for_again(told):
    Delivery.objects.filter(pk=told.pk).update(
        state="sending", lease_owner="x", lease_until=DUE, accepted_at=None
    )
    assert tell(BOUNCE).status_code == 503


def test_the_door_opens_with_the_secret_for_the_provider_in_use_only(told, settings):
    answers = [
        tell(BOUNCE, "postmark:guess"),
        tell(BOUNCE, door="/anymail/mailgun/tracking/"),
        Client().get(DOOR),
    ]
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ""}
    answers.append(tell(BOUNCE))
    assert ([answer.status_code for answer in answers], MailReport.objects.count()) == (
        [403, 404, 405, 404],
        0,
    )


@pytest.mark.parametrize(
    ("status", "body", "state", "outcomes"),
    [
        (422, {"ErrorCode": 406, "Message": INACTIVE}, "failed", ["permanent"]),
        (500, {"ErrorCode": 100, "Message": "maintenance"}, "planned", ["temporary"]),
        (401, {"ErrorCode": 10, "Message": "bad token"}, "planned", []),
    ],
)
def test_what_a_provider_refuses_is_told_apart(desk, window, postmark, status, body, state, outcomes):
    postmark.answers, postmark.body = [status], json.dumps(body).encode()
    ticking.tick(now=DUE)
    told = Delivery.objects.get(milestone="two_weeks")
    assert (told.state, [row.outcome for row in told.attempts.all()]) == (state, outcomes)
