"""Every door has a lock or stands on the short list of open doors."""

from django.urls import get_resolver

from tests.architecture.doors import OPEN, doors, ungated

# Who is not signed in may open these, each for its reason.
OPEN_DOORS = {
    "people:sign_in": "how one signs in",
    "people:sign_out": "POST only; without a session it does nothing",
    "healthz": "for whoever watches the process",
    "readyz": "for whoever watches the platform; names nothing",
    "metrics": "for machines that watch, with a token; administrators by their session; names nobody",
    "notifications:leave": "a reader stops the mails; the word in the address is the proof",
    "notifications:confirm_address": "a reader confirms an address; the word in the address is the proof",
    "notifications:leave_news": "a person stops news by mail; the word in the address is the proof",
    "notifications:client_calendar": "a client's own feed; the secret in the address is the key",
    "notifications:subscribe": "somebody asks to be told by mail; nothing is sent but a link",
    "notifications:confirm_subscriber": "the owner of an address confirms; the word is the proof",
    "notifications:subscriber": "a subscriber chooses; the word is the proof",
    "notifications:leave_subscriber": "a subscriber leaves; the word is the proof",
    "notifications:mail_reports": "a mail provider reports bounces, with its secret; closed without one",
    "demo:chat": "the demonstration's sample chat, never in production",
    "maintenance:public": "the public maintenance page",
    "maintenance:public_feed": "the public feed",
    "maintenance:public_atom": "the public news",
    "maintenance:embed": "the public month, for an intranet page",
    "maintenance:feed": "one's own feed; the secret in the address is the key",
}


def test_every_address_is_gated() -> None:
    assert ungated() == []


def test_the_open_doors_are_those_on_the_list() -> None:
    opened = {name for name, gate in doors(get_resolver().url_patterns) if gate == OPEN}
    assert opened == set(OPEN_DOORS)
