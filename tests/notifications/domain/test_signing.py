from notifications.domain import signing, threading


def test_a_signature_holds_for_this_body_and_this_secret_only():
    header = signing.signature("s3cret", b"{}", 1_800_000_000)
    assert signing.is_genuine("s3cret", b"{}", header, 1_800_000_010)
    assert not signing.is_genuine("s3cret", b"{ }", header, 1_800_000_010)
    assert not signing.is_genuine("other", b"{}", header, 1_800_000_010)


def test_an_old_signature_is_refused_so_that_nobody_replays_it():
    header = signing.signature("s3cret", b"{}", 1_800_000_000)
    assert not signing.is_genuine("s3cret", b"{}", header, 1_800_000_400)


def test_a_broken_header_is_no_signature():
    assert not signing.is_genuine("s3cret", b"{}", "v1=nonsense", 1_800_000_000)


def test_a_link_opens_what_it_was_made_for():
    word = signing.token("s3cret", "unsubscribe", 17)
    assert signing.opens(word, "s3cret", "unsubscribe", 17)
    assert not signing.opens(word, "s3cret", "unsubscribe", 18)


def test_a_message_id_names_window_revision_milestone_and_contact():
    name = threading.message_id("RIS-2026-12", 0, "two_weeks", 17, 0, "changeboard.example")
    assert name == "<ris-2026-12.r0.two-weeks.c17@changeboard.example>"


def test_a_thread_begins_at_its_root_and_names_every_mail_once():
    root = threading.thread_root("RIS-2026-12", 17, "changeboard.example")
    assert threading.references(root, ["<a@b>", "<a@b>"]) == "<ris-2026-12.c17@changeboard.example> <a@b>"
