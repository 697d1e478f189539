import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changeboard.directory.domain import columns, lines
from changeboard.directory.domain.csv_file import Row
from tests.directory.files import KNOWN


def read(**cells: str) -> lines.Line:
    sheet_keys = tuple(cells)
    return lines._line(Row(2, tuple(cells.values())), sheet_keys, KNOWN)


@pytest.mark.parametrize(
    ("key", "cell", "code", "meant"),
    [
        ("time_zone", "Chicago", "unknown_zone_meant", "America/Chicago"),
        ("time_zone", "America/Chicgo", "unknown_zone_meant", "America/Chicago"),
        ("time_zone", "zzz", "unknown_zone", None),
        ("systems", "RIS; PAKS", "unknown_system_meant", "PACS"),
        ("services", "VPN tunels", "unknown_service_meant", "VPN tunnels"),
        ("language", "Espanol", "unknown_word_meant", "es"),
        ("contract_lead_days", "soon", "no_days", None),
        ("contract_lead_days", "0", "no_days", None),
        ("webhook", "http://oms.example", "no_url", None),
        ("client_now", "perhaps", "no_yes_or_no", None),
        ("reference", "Copper Line", "no_slug", None),
        ("meanwhile_stat", "x" * 201, "too_long", None),
        ("meanwhile", '=HYPERLINK("http://evil.example")', "formula", None),
        ("meanwhile", "@SUM(A1)", "formula", None),
        ("meanwhile", "-2+3", "formula", None),
        ("role", "none", "unknown_word", None),
    ],
)
def test_a_bad_cell_is_named_with_its_column_and_what_was_meant(key, cell, code, meant):
    (reason,) = read(client="Copperline", **{key: cell}).reasons
    assert (reason.code, reason.field) == (f"import.{code}", key)
    assert reason.facts.get("meant", "") == (meant or "")


def test_every_fault_of_a_line_is_told_at_once():
    line = read(client="", time_zone="zzz", contact="", address="nobody")
    assert [(reason.code, reason.field) for reason in line.reasons] == [
        ("import.unknown_zone", "time_zone"),
        ("import.client_missing", "client"),
        ("import.contact_missing", "contact"),
        ("contact.not_a_email", "address"),
    ]


def test_a_telephone_number_with_a_plus_is_no_formula():
    line = read(client="Copperline", meanwhile_phone="+1 (555) 0100 ext. 7")
    assert (line.client["meanwhile_phone"], line.reasons) == ("+1 (555) 0100 ext. 7", ())


def test_an_empty_cell_says_nothing_and_none_empties():
    line = read(
        client="Copperline", meanwhile="", contract_lead_days="none", systems="None", meanwhile_paper="'none"
    )
    assert line.client == {
        "name": "Copperline", "contract_lead_days": None, "systems": (), "meanwhile_paper": "none",
    }  # fmt: skip


def test_names_are_taken_whatever_their_case_and_separator():
    line = read(client="Copperline", systems="pacs, orders and reports|RIS", time_zone="america/denver")
    assert (line.client["systems"], line.client["time_zone"]) == (("PACS", "RIS"), "America/Denver")


def test_a_separator_too_many_is_told():
    line = lines._line(Row(9, ("Copperline", "RIS", "x")), ("client", "systems"), KNOWN)
    assert [reason.code for reason in line.reasons] == ["import.too_many_cells"]


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


@settings(max_examples=150)
@given(
    PLAIN.map(str.strip).filter(bool)
    | st.sampled_from(["none", "'none", "''=1", "'x", "= 1", "+1 555", "@a", "-"])
)
def test_whatever_text_is_written_is_read_back_as_it_was_and_never_runs(text):
    cell = lines.written(text)
    assert not cell.startswith(("=", "+", "-", "@"))
    assert lines._value(columns.BY_KEY["meanwhile"], cell, KNOWN) == text
