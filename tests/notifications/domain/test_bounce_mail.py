"""What a mail that came back says, and which of ours it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain import bounce_mail, reports, threading
from notifications.domain.lifecycle import Report
from notifications.domain.milestones import Milestone
from notifications.domain.reports import Named
from tests.notifications.bounces import VACATION, bounce, complaint

NAME = "ris-2026-12.r0.two-weeks.c17@changes.example"


@pytest.mark.parametrize(
    ("action", "status", "report"),
    [
        ("failed", "5.1.1", Report.BOUNCED),
        ("failed", "4.4.7", Report.EXPIRED),
        ("delayed", "4.4.1", Report.DELAYED),
        ("delivered", "2.0.0", Report.DELIVERED),
    ],
)
def test_a_delivery_status_says_what_became_of_which_mail(action, status, report):
    [told] = bounce_mail.read(bounce(f"<{NAME}>", action=action, status=status, words="as it says"))
    assert (told.report, told.names, told.address, told.words) == (
        report, (NAME,), "pacs@juniper.example", f"{status} smtp; as it says",
    )  # fmt: skip


def test_a_complaint_of_a_reader_names_the_mail_it_is_about():
    [told] = bounce_mail.read(complaint(f"<{NAME}>"))
    assert (told.report, told.names, told.words) == (Report.COMPLAINED, (NAME,), "Complaint: abuse")


def test_a_server_that_renamed_the_mail_and_kept_our_header_names_it_too():
    [told] = bounce_mail.read(bounce("<0100018f@provider.example>", more=f"X-Changeboard-Delivery: {NAME}\n"))
    assert told.names == ("0100018f@provider.example", NAME)


@pytest.mark.parametrize("mail", [VACATION.encode(), b"", b"\xff\xfe no mail", bounce(action="expanded")])
def test_what_is_no_report_tells_nothing(mail):
    assert bounce_mail.read(mail) == []


@given(st.binary(max_size=400), st.integers(0, 1200))
def test_no_garbled_report_breaks_the_reader(noise, place):
    mail = bounce(f"<{NAME}>")
    assert isinstance(bounce_mail.read(mail[:place] + noise + mail[place:]), list)


def test_the_same_report_has_the_same_key_and_another_another():
    keys = [bounce_mail.read(bounce(f"<{name}>"))[0].key for name in (NAME, NAME, f"x{NAME}")]
    assert (keys[0] == keys[1], keys[0] == keys[2]) == (True, False)


@given(
    st.sampled_from(["RIS-2026-12", "Biz-2027-01b", "ris.r1.c2"]),
    st.integers(0, 300), st.sampled_from(list(Milestone)), st.integers(1, 10**9), st.integers(0, 20),
)  # fmt: skip
def test_every_message_id_that_we_make_names_its_notice(window, revision, milestone, contact, resends):
    name = threading.message_id(window, revision, milestone.value, contact, resends, "changes.example")
    found = reports.notice(name, "Changes.example")
    assert found == Named(threading.plain(window), revision, milestone.value, contact, resends)


@pytest.mark.parametrize(
    "name", ["", "<x@y>", f"<{NAME.replace('changes', 'other')}>", "<address-check.3@changes.example>"]
)
def test_a_name_of_somebody_else_is_none_of_ours(name):
    assert reports.notice(name, "changes.example") is None


def test_the_word_of_an_envelope_opens_only_with_its_own_signature():
    word = reports.token("secret", 12, 1)
    sender = reports.envelope_sender("bounces@changes.example", word)
    assert reports.opened(reports.token_of(f"<{sender.upper()}>"), "secret") == (12, 1)
    forged = [word.replace("12.", "13.", 1), word[:-1], "", "12.1", reports.token("other", 12, 1)]
    assert [reports.opened(each, "secret") for each in forged] == [None] * 5


@pytest.mark.parametrize(
    ("words", "soft"),
    [("452 4.2.2 mailbox full", True), ("smtp; 421 busy", True), ("550 5.1.1 user unknown", False),
     ("550 4.3.2 then 5.1.1", False), ("no such host", False)],
)  # fmt: skip
def test_not_now_is_not_never(words, soft):
    assert reports.is_soft(words) is soft
