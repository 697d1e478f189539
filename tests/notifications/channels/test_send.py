"""One mail over an open connection: what the server said, and what is certain when it said nothing."""

import threading
from collections.abc import Iterator

import pytest
from django.test import override_settings

from notifications.channels.email.send import Post, Sealed, is_address, stuffed
from notifications.domain.backoff import Answer, Kind
from tests.sink import Sink
from tools.guard import free_port


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    port = free_port()
    made = Sink(port)
    threading.Thread(target=made.serve, daemon=True).start()
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False):
        yield made


def send(post: Post, reader: str = "desk@x.example") -> Answer:
    return post.send(Sealed("us@x.example", reader, b"Subject: hello\r\n\r\nA line.\r\n"))


def told(answer: Answer) -> tuple[Kind, int, bool]:
    return answer.kind, answer.code, answer.reached


def in_mood(sink: Sink, **mood: float) -> None:
    sink.mood = mood


@pytest.mark.parametrize(
    ("mood", "answers"),
    [
        ({}, {(Kind.ACCEPTED, 250, True)}),
        ({"5xx": 1}, {(Kind.PERMANENT, 550, True)}),
        ({"4xx": 1}, {(Kind.TEMPORARY, 451, True), (Kind.TEMPORARY, 452, True)}),
        ({"drop": 1}, {(Kind.UNCERTAIN, 0, True)}),
        ({"refuse": 1}, {(Kind.TEMPORARY, 421, False)}),
    ],
)
def test_each_answer_is_read_for_what_it_says(sink, mood, answers):
    in_mood(sink, **mood)
    with Post() as post:
        assert told(send(post)) in answers


def test_a_server_that_never_answers_the_body_leaves_us_uncertain(sink):
    in_mood(sink, stall=1)
    with override_settings(EMAIL_TAKEN_WITHIN_SECONDS=0.3), Post() as post:
        assert told(send(post)) == (Kind.UNCERTAIN, 0, True)


def test_after_a_refusal_the_same_connection_takes_the_next_mail(sink):
    with Post() as post:
        in_mood(sink, **{"5xx": 1})
        send(post)
        line = post._backend.connection
        in_mood(sink)
        assert (told(send(post)), post._backend.connection is line) == ((Kind.ACCEPTED, 250, True), True)


def test_a_connection_that_ended_while_idle_is_opened_anew_at_once(sink):
    in_mood(sink)
    with Post() as post:
        send(post)
        post._backend.connection.sock.close()
        assert told(send(post)) == (Kind.ACCEPTED, 250, True)


def test_a_server_that_asks_for_the_mail_after_half_the_lease_gets_none(sink):
    in_mood(sink)
    with override_settings(NOTICE_LEASE_SECONDS=0), Post() as post:
        answer = send(post)
    assert (answer.kind, answer.text) == (
        Kind.TEMPORARY,
        "the server took too long to ask for the mail; nothing was sent",
    )


@pytest.mark.parametrize("address", ["a@b\r\nDATA", "a b@c", "<a@b>", "a@b@c", "müller@x.example", ""])
def test_what_is_no_address_is_never_said_to_a_server(address):
    assert not is_address(address)
    with Post() as post:
        assert told(send(post, address)) == (Kind.PERMANENT, 0, True)


@pytest.mark.parametrize(
    ("wire", "sent"),
    [
        (b"a\r\n.b\r\n", b"a\r\n..b\r\n"),
        (b".\r\n.\r\n", b"..\r\n..\r\n"),
        (b"a\r\n..\r\n", b"a\r\n...\r\n"),
        (b"a.b", b"a.b\r\n"),
    ],
)
def test_a_dot_that_begins_a_line_ends_no_mail(wire, sent):
    assert stuffed(wire) == sent
