from datetime import UTC, date, datetime

from changeboard import words
from changeboard.refusal import Reason, Refusal, conflict, refuse


def test_a_reason_reads_as_its_sentence_with_its_facts():
    words.register({"test.clash": "{window} is on {on} already."})
    reason = Reason("test.clash", {"window": "PACS-2026-12", "on": date(2026, 12, 9)})
    assert words.sentence(reason) == "PACS-2026-12 is on Wed 9 Dec 2026 already."


def test_an_instant_in_a_sentence_names_its_zone():
    words.register({"test.until": "Not before {at}."}, zone="America/Chicago")
    at = datetime(2026, 12, 15, 17, tzinfo=UTC)
    assert words.sentence(Reason("test.until", {"at": at})) == "Not before Tue 15 Dec 2026, 11:00 CST."


def test_a_code_without_words_is_shown_never_hidden():
    assert words.sentence(Reason("test.nobody_wrote_this")) == "test.nobody_wrote_this"


def test_a_refusal_carries_every_reason_and_what_is_legal():
    several = Refusal([Reason("a"), Reason("b")])
    assert [reason.code for reason in several.reasons] == ["a", "b"]
    assert conflict("change.not_now", legal=["withdraw"]).legal == ("withdraw",)
    assert refuse("change.title_missing", at_field="title").reasons[0].field == "title"
