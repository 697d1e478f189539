"""Two roads to a mail: Django builds it for one reader, or a skeleton is filled. The bytes are the same."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changeboard.directory.models import Client, Contact, System
from maintenance.models import Window, WindowRevision
from notifications.channels.email import calendar_part, press
from notifications.channels.email.envelope import envelope, personal, seal
from notifications.channels.email.header_lines import line
from notifications.channels.email.send import sealed
from notifications.channels.email.skeleton import Reader, Skeleton
from notifications.domain.milestones import AT_ONCE, Audience, Milestone
from notifications.models import Delivery, Notice
from notifications.queries import letters
from notifications.queries.letters import WindowFacts
from notifications.queries.touched import Riding, ServiceTouched

AT = datetime(2026, 12, 6, 18, tzinfo=UTC)
STARTS = datetime(2026, 12, 15, 17, tzinfo=UTC)
PLAIN = ("PACS desk", "pacs@juniper.example", "Juniper Valley", "Call the reading desk")
ODD = [
    PLAIN,
    ("Dr. Jürgen Müller-Lüdenscheidt", "j@x.example", "Städtisches Klinikum Köln", "Bitte rufen Sie an: “Lesepult”!"),
    ('"Bob" O\'Neil <radiology>', "bob@x.example", "Smith & Sons; Ltd, A\\B", "Fax <b>555</b> & call.\nThen: paper"),
    ("مركز الأشعة", "rad@x.example", "בית חולים", "اتصل بنا"),
    ("N" * 120, f"{'a' * 60}@{'b' * 60}.example", "C" * 120, "M" * 900),
    (".hidden", ".dots@x.example", "...", ".\n..\n.leading dots"),
    ("Name\r\nBcc: all@x.example", "x@x.example", "Line\nbreak", "One  \r\n\r\n\r\n\r\ntwo\u2028three"),
    ("Tab\tbed ", "t@x.example", " blank ", "  led in \n and out  "),
    ("cbgap7xclient0", "m@x.example", "cbgap7xtext0", "cbgap7xhtml0"),
    ("日本語の病院", "jp@x.example", "病院", "電話してください。\n" * 30),
    ("nbsp\u00a0here", "n@x.example", "zero\u200bwidth", "soft\u00adhyphen"),
]  # fmt: skip
CASES = [(milestone, audience) for milestone in Milestone for audience in Audience]


def about(milestone: Milestone) -> WindowFacts:
    """A window that was moved once, with a change that touches a service, under way or over as the notice wants."""
    ris = System(
        pk=1, code="RIS", name="RIS of the platform", stops="Placing orders", goes_on="Sending images"
    )
    window = Window(
        pk=7, system=ris, reference="RIS-2026-12", on=STARTS.date(), start_time=time(11), starts_at=STARTS,
        ends_at=STARTS + timedelta(minutes=15), length_seconds=900, budget_seconds=900, revision=1,
        reason="A vendor “cannot” come", started_at=STARTS, finished_at=STARTS + timedelta(minutes=12),
        expected_end_at=STARTS + timedelta(minutes=25), state="completed" if milestone == "done" else "in_progress",
    )  # fmt: skip
    revisions = {
        number: WindowRevision(
            window=window, revision=number, starts_at=STARTS - timedelta(days=1 - number),
            ends_at=STARTS - timedelta(days=1 - number, minutes=-15), kind="moved", at=AT - timedelta(days=2),
        )
        for number in (0, 1)
    }  # fmt: skip
    service = ServiceTouched("Order entry", "outage", 30, "outage", 3, 1, "Ring the desk", "yes")
    riding = Riding("CHG-0042", "Connect two firewalls", "VPN may blink.", 0, 30, True, (service,))
    return WindowFacts(window, ris, revisions, (riding,), "Sincerely, the platform", {})


def reader(facts: tuple[str, str, str, str], pk: int, audience: str) -> Contact:
    name, address, client_name, meanwhile = facts
    client = None
    if audience == Audience.CLIENTS:
        client = Client(
            pk=pk, name=client_name, slug="juniper-valley", meanwhile=meanwhile, time_zone="Asia/Kolkata"
        )
    return Contact(pk=pk, name=name, address=address, client=client, time_zone="Asia/Kolkata")


class Case:
    """One notice to one reader, on both roads."""

    def __init__(self, milestone: Milestone, audience: str, contact: Contact, earlier: list[str]) -> None:
        self.facts, self.earlier = about(milestone), earlier
        told = 0 if milestone in AT_ONCE else None
        self.letter = letters.write(self.facts, contact, milestone, audience, at=AT, told=told)
        self.row = Delivery(
            pk=contact.pk, window=self.facts.window, revision=1, milestone=milestone, contact=contact,
            notice=Notice(audience=audience), dated_at=AT,
            message_id=f"<ris-2026-12.r1.{milestone.replace('_', '-')}.c{contact.pk}@changeboard.example>",
        )  # fmt: skip

    def skeleton(self) -> Skeleton:
        return Skeleton.of(self.letter, self.row, self.earlier)

    def slow(self) -> tuple[str, bytes]:
        mail = press.mail(self.letter)
        message = envelope(mail, self.letter, self.row, self.earlier, calendar_part.of(self.letter))
        return mail.digest, sealed(message).wire

    def quick(self, skeleton: Skeleton) -> tuple[str, bytes] | None:
        own = personal(self.row.contact, self.letter.unsubscribe, self.row, self.earlier)
        return skeleton.filled(
            Reader.of(self.row.contact, self.letter.unsubscribe, self.letter.at), own, seal(self.row)
        )


@pytest.mark.parametrize(("milestone", "audience"), CASES)
def test_every_notice_is_the_same_bytes_on_both_roads(milestone, audience):
    first = Case(milestone, audience, reader(PLAIN, 17, audience), ["<first@x.example>"])
    skeleton = first.skeleton()
    filled = 0
    for number, facts in enumerate(ODD):
        case = Case(
            milestone,
            audience,
            reader(facts, 20 + number, audience),
            ["<another@x.example>", "<b@x.example>"],
        )
        quick = case.quick(skeleton)
        if quick is not None:
            assert quick == case.slow()
            filled += 1
    assert filled >= 6


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=80)


@settings(max_examples=60, deadline=None)
@given(name=NAMES, client=NAMES, meanwhile=st.text(max_size=300), pk=st.integers(1, 10**9))
def test_whatever_a_reader_is_called_the_bytes_are_the_same_or_the_slow_road_is_taken(
    name, client, meanwhile, pk
):
    skeleton = Case(Milestone.TWO_WEEKS, "clients", reader(PLAIN, 17, "clients"), []).skeleton()
    facts = (name, "pacs@juniper.example", client, meanwhile.strip() or "Call")
    case = Case(Milestone.TWO_WEEKS, "clients", reader(facts, pk, "clients"), [])
    quick = case.quick(skeleton)
    assert quick is None or quick == case.slow()


WORDS = st.lists(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=90), min_size=1
)


@given(name=st.sampled_from(["To", "References", "List-Unsubscribe", "Message-ID"]), words=WORDS)
def test_a_header_is_folded_as_the_library_folds_it(name, words):
    from email.policy import compat32

    value = " ".join(words)
    assert line(name, value) == compat32.clone(linesep="\n").fold(name, value)


@pytest.mark.parametrize("value", ["a\nBcc: b@x.example", "a\rb", "a\r\n b"])
def test_a_header_is_never_two(value):
    with pytest.raises(ValueError):
        line("To", value)


def test_readers_with_ordinary_names_take_the_quick_road():
    skeleton = Case(Milestone.TWO_WEEKS, "clients", reader(PLAIN, 17, "clients"), []).skeleton()
    for facts in ODD[:4]:
        assert (
            Case(Milestone.TWO_WEEKS, "clients", reader(facts, 3, "clients"), []).quick(skeleton) is not None
        )


def test_whom_a_contract_names_finds_no_way_out_but_whom_to_ask_on_both_roads():
    contact = reader(PLAIN, 17, "clients")
    contact.is_contractual = True
    case = Case(Milestone.TWO_WEEKS, "clients", contact, [])
    digest, wire = case.slow()
    assert case.quick(case.skeleton()) == (digest, wire)
    assert (b"List-Unsubscribe" in wire, b"/leave/" in wire) == (False, False)
    assert b"List-Owner: <mailto:" in wire
