"""Which addresses of chats are taken: one place each, of an allowed service, under our own rules."""

import pytest

from changeboard.directory.domain.chat_address import masked, unmasked
from changeboard.directory.models import chat_address

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"


@pytest.mark.parametrize(
    "address", [SLACK, "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"]
)
def test_an_allowed_service_is_taken_by_either_of_its_addresses(address):
    assert chat_address.faults(address) == []


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("", ["unreadable"]),
        ("desk@hospital.example", ["unreadable"]),
        ("slack://only", ["incomplete"]),
        (f"{SLACK}/#radiology/#ward", ["several"]),
        ("form://hooks.hospital.example/in", ["not_allowed"]),
        (f"{SLACK}?attach=file:///etc/passwd&rto=900", ["option", "option"]),
        (f"{SLACK}/#a/#b?overflow=split", ["option", "several"]),
        ("slack://…3f9a2c", ["masked"]),
    ],
)
def test_every_fault_of_an_address_is_named_at_once(address, codes):
    assert [reason.code.removeprefix("contact.chat_") for reason in chat_address.faults(address)] == codes


@pytest.mark.parametrize("address", ["mailto://user:pass@example.org", "syslog://", "rsyslog://10.0.0.1"])
def test_what_is_not_spoken_to_over_http_is_never_taken_whatever_the_setting_says(settings, address):
    settings.CHAT_SERVICES = ["mailto", "syslog", "rsyslog"]
    assert [reason.code for reason in chat_address.faults(address)] == ["contact.chat_no_http"]


@pytest.mark.parametrize(("allowed", "codes"), [(True, []), (False, ["contact.chat_private"])])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254"])
def test_a_private_address_is_taken_only_where_that_is_allowed(settings, host, allowed, codes):
    settings.PRIVATE_ADDRESSES = allowed
    assert [reason.code for reason in chat_address.faults(f"jsons://{host}/in")] == codes


def test_what_leads_inside_under_a_name_of_ones_own_is_found(settings):
    settings.PRIVATE_ADDRESSES = False
    address = f"zulip://bot@10.1.2.3/{'a' * 32}"
    assert [reason.code for reason in chat_address.faults(address)] == ["contact.chat_private"]


def test_nobody_is_asked_for_another_host():
    assert chat_address.opened("matrixs://user:pass@chat.hospital.example/#ward").discovery is False


def test_a_mask_tells_addresses_apart_and_means_only_its_own():
    mask = masked(SLACK, "key")
    assert (mask.startswith("slack://…"), "T1JJ3T3L2" in mask, masked(f"{SLACK}x", "key") == mask) == (
        True,
        False,
        False,
    )
    assert (unmasked(mask, SLACK, "key"), unmasked(mask, f"{SLACK}x", "key")) == (SLACK, mask)
