"""The demonstration's mail server, spoken to by a real client, and the pages that show what it took."""

import asyncio
import smtplib
import threading
from email.message import EmailMessage

import pytest
from django.db import connections

from changeboard.demo import mail_server
from changeboard.demo.models import DemoMail
from changeboard.demo.queries import mails
from tests.factories.directory import ClientFactory
from tests.factories.people import PersonFactory
from tools.guard import free_port


@pytest.fixture
def post():
    """The server, running in a thread of its own; its port."""
    port, loop = free_port(), asyncio.new_event_loop()
    serving = loop.create_task(mail_server.serve("127.0.0.1", port))
    thread = threading.Thread(target=_run, args=(loop, serving))
    thread.start()
    yield port
    loop.call_soon_threadsafe(serving.cancel)
    thread.join(10)


def _run(loop, serving):
    try:
        loop.run_until_complete(serving)
    except asyncio.CancelledError:
        pass
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        connections.close_all()


def connect(port):
    for _ in range(50):
        try:
            return smtplib.SMTP("127.0.0.1", port, timeout=5)
        except ConnectionRefusedError:
            threading.Event().wait(0.1)
    raise AssertionError("no mail server")


def a_mail(text="Hello"):
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Wartung ändert sich", "a@b.example", "desk@c.example"
    mail.set_content(text, cte="8bit")
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    return mail


@pytest.fixture
def reader(client, db):
    client.force_login(PersonFactory())


@pytest.mark.django_db
def test_a_mail_is_shown_as_its_reader_sees_it(client, reader):
    mail_server.keep("a@b.example", ["desk@c.example"], a_mail().as_bytes())
    mail = DemoMail.objects.get()
    assert "Wartung ändert sich" in client.get("/demo/mail/").content.decode()
    assert client.get(f"/demo/mail/{mail.pk}/").context["opened"].text.strip() == "Hello"
    html = client.get(f"/demo/mail/{mail.pk}/html/")
    assert "<p>Hello</p>" in html.content.decode()
    assert "default-src 'none'" in html["Content-Security-Policy"]


@pytest.mark.django_db
def test_mails_are_found_by_a_word_of_the_subject(client, reader):
    mail_server.keep("a@b.example", ["desk@c.example"], a_mail().as_bytes())
    assert [
        client.get(f"/demo/mail/?q={word}").context["page"].paginator.count for word in ("wartung", "x1")
    ] == [
        1,
        0,
    ]


@pytest.mark.django_db
def test_one_row_for_each_reader_and_the_answer_names_it():
    answer = mail_server.keep("a@b.example", ["one@c.example", "two@c.example"], a_mail().as_bytes())
    assert answer.startswith("250 2.0.0 Ok: queued as ")
    assert sorted(DemoMail.objects.values_list("recipient", flat=True)) == ["one@c.example", "two@c.example"]


def test_unknown_commands_and_a_mail_without_readers_are_refused(post):
    with connect(post) as smtp:
        smtp.ehlo()
        assert smtp.docmd("VRFY", "x")[0] == 502
        assert smtp.docmd("DATA")[0] == 503
        assert smtp.docmd("RCPT", "TO:<nobody>")[0] == 501
        assert smtp.noop()[0] == 250


@pytest.mark.django_db(transaction=True)
def test_a_real_client_delivers_a_mail_with_leading_dots(post):
    with connect(post) as smtp:
        smtp.send_message(a_mail(".leading\n..two\nlast ä"))
    [mail] = DemoMail.objects.all()
    assert b"\r\n.leading\r\n..two\r\nlast" in bytes(mail.raw)


@pytest.mark.django_db
def test_a_sample_chat_takes_what_the_channel_posts(client):
    row = ClientFactory(name="Northlight General", slug="northlight-general")
    url = f"/demo/chat/{row.slug}/"
    said = {"title": "RIS maintenance on Tue", "message": "10:00–10:15 AM MST"}
    answers = [
        client.post(url, body, content_type="application/json").status_code
        for body in (said, "no JSON", {"a": 1})
    ]
    [mail] = DemoMail.objects.all()
    assert (answers, mail.recipient, mail.subject) == (
        [200, 400, 400],
        "chat of Northlight General",
        said["title"],
    )
    assert said["message"] in mails.opened(mail).text
