import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maintenance.domain.volume_file import DAYS, Known, decoded, keys_named, read
from tests.maintenance.domain.week_file import week_file

KNOWN = Known({"ris": "RIS"}, {"copperline health": "copperline", "copperline": "copperline"})


def codes(text):
    return [(bad.number, bad.reason.code) for bad in read(text, KNOWN).bad]


def test_168_lines_are_a_week():
    found = read(week_file(), KNOWN)
    assert (found.is_good, found.lines, found.tables["", ""].total) == (True, 168, 168 * 1000)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("coded", ["utf-8", "utf-8-sig", "latin-1"])
def test_a_spreadsheet_of_any_country_and_age_is_read(mark, coded):
    data = week_file(mark=mark, ends="\r\n").replace("orders", "Orders ").encode(coded)
    assert read(decoded(data), KNOWN).is_good


@pytest.mark.parametrize("written", [str, lambda day: DAYS[day - 1], lambda day: DAYS[day - 1][:3].title()])
def test_a_weekday_is_a_name_or_a_number_from_monday(written):
    assert read(week_file(day=lambda number: written(number + 1)), KNOWN).is_good


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("0,5,10", "volume.no_weekday"),
        ("T,5,10", "volume.no_weekday"),
        ("Mon,24,10", "volume.no_hour"),
        ("Mon,5:30,10", "volume.no_hour"),
        ("Mon,5,-1", "volume.no_number"),
        ("Mon,5,=1+1", "volume.no_number"),
        ("Mon,5,", "volume.no_number"),
        ("Mon,5", "volume.no_number"),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_number(cells, code):
    assert codes(week_file(instead={7: cells})) == [(7, code)]


def test_every_bad_line_is_named_at_once():
    bad = {3: "Mon,x,1", 90: "Fri,3,?", 169: "Sun,99,4"}
    assert [number for number, _ in codes(week_file(instead=bad))] == [3, 90, 169]


def test_an_hour_that_stands_twice_names_the_first():
    bad = read(week_file() + "Mon,0,4\n", KNOWN).bad
    assert [(line.number, line.reason.code, dict(line.reason.facts)) for line in bad] == [
        (170, "volume.hour_twice", {"first": 2})
    ]


def test_a_week_with_an_hour_missing_is_no_table():
    found = read("\n".join(week_file().splitlines()[:-1]), KNOWN)
    assert (dict(found.bad[0].reason.facts), found.tables) == (
        {"of": "platform", "count": 1, "first": "Sun 23:00"}, {},
    )  # fmt: skip


def test_urgent_orders_are_among_all_orders():
    text = week_file(urgent="4").replace("mon,0,10,4", "mon,0,3,4")
    assert codes(text) == [(2, "volume.more_urgent_than_all")]


def test_half_an_order_counts():
    assert read(week_file(orders="0.5"), KNOWN).tables["", ""].orders[0] == 50


def test_a_client_and_a_system_have_tables_of_their_own():
    own = "".join(f"{line},Copperline Health,ris\n" for line in week_file().splitlines()[1:])
    found = read("weekday,hour,orders,client,system\n" + own, KNOWN)
    assert list(found.tables) == [("RIS", "copperline")]
    assert keys_named(found.tables) == (False, 0, 1)


def test_a_client_that_is_not_known_is_named():
    assert codes("weekday,hour,orders,client\nMon,0,4,Nowhere\n") == [(2, "volume.no_such_client")]


@pytest.mark.parametrize(
    ("text", "code"), [("", "volume.file_is_empty"), ("a,b\n1,2\n", "volume.columns_missing")]
)
def test_a_file_that_is_no_table_says_so(text, code):
    assert [bad.reason.code for bad in read(text, KNOWN).bad] == [code]


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_no_bytes_break_it(data):
    found = read(decoded(data), KNOWN)
    assert (found.tables, found.bad != []) == ({}, True)
