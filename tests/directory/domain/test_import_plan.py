from changeboard.directory.domain import csv_file, import_plan, lines
from changeboard.directory.domain.import_plan import Kind
from tests.directory.files import BAD_LINES, KNOWN, client, contact, faults, planned, ten_thousand_lines

HEAD = "Client,Reference,Time zone,Systems,Client now,Contact,Address,Told by,One person,Told now\n"


def test_what_the_file_says_as_it_stands_changes_nothing():
    plan = planned(
        f"{HEAD}Copperline,,America/Chicago,RIS,yes,PACS desk,DESK@copperline.example,,no,\n".replace(
            "DESK", "desk"
        ),
        client(contact()),
    )
    assert ([each.kind for each in plan.clients], plan.bad, plan.fingerprints) == ([Kind.UNCHANGED], [], {})


def test_a_change_is_told_field_by_field():
    plan = planned(f"{HEAD}copperline,copperline,America/Denver,RIS;PACS,,,,,,\n", client())
    assert plan.clients[0].changes == {
        "name": ("Copperline", "copperline"),
        "time_zone": ("America/Chicago", "America/Denver"),
        "systems": (("RIS",), ("PACS", "RIS")),
    }


def test_lines_of_one_client_are_one_client_with_many_contacts():
    plan = planned(
        f"{HEAD}Two Rivers,,America/Chicago,,,A,a@x.example,,,\nTwo Rivers,,,,,B,b@x.example,,no,\n"
    )
    (two_rivers,) = plan.clients
    assert (two_rivers.kind, [each.name for each in two_rivers.contacts], two_rivers.lacks_contacts) == (
        Kind.NEW, ["A", "B"], False,
    )  # fmt: skip


def test_a_contact_of_the_same_name_has_a_new_address():
    plan = planned(f"{HEAD}Copperline,,,,,PACS desk,new@copperline.example,,,\n", client(contact()))
    (desk,) = plan.clients[0].contacts
    assert (desk.pk, desk.changes) == (7, {"address": ("desk@copperline.example", "new@copperline.example")})


def test_a_second_contact_of_the_same_name_is_another_one():
    lines = [f"Copperline,,,,,PACS desk,{name}@copperline.example,,,\n" for name in ("new", "desk")]
    plan = planned(HEAD + "".join(lines), client(contact()))
    assert ([each.kind for each in plan.clients[0].contacts], plan.bad) == ([Kind.NEW, Kind.UNCHANGED], [])


def test_what_the_file_does_not_name_stays():
    plan = planned("Client,Contact,Address\nCopperline,New,new@x.example\n", client(contact()))
    assert [(each.kind, each.pk) for each in plan.clients[0].touched_contacts] == [(Kind.NEW, None)]
    assert plan.clients[0].changes == {}


def test_a_retired_client_or_contact_is_never_taken_up_again_by_a_file():
    retired = client(contact(active=False), active=False)
    plan = planned(
        f"{HEAD}Copperline,,,,yes,,,,,\nCopperline,,,,,PACS desk,desk@copperline.example,,,yes\n", retired
    )
    assert faults(plan) == [(2, ["client_retired"]), (3, ["contact_retired"])]


def test_a_retired_client_is_changed_and_stays_retired():
    plan = planned("Client,Time zone\nCopperline,America/Denver\n", client(active=False))
    assert plan.clients[0].changes == {"time_zone": ("America/Chicago", "America/Denver")}


def test_a_line_that_says_otherwise_of_its_client_names_the_line_that_said_it():
    plan = planned(f"{HEAD}New,,America/Chicago,,,A,a@x.example,,,\nNew,,America/Denver,,,B,b@x.example,,,\n")
    assert (faults(plan), plan.bad[0].reasons[0].facts["line"]) == ([(3, ["contradicts"])], 2)


def test_the_same_contact_twice_in_a_file_is_told():
    line = "New,,,,,A,a@x.example,,,\n"
    plan = planned(f"{HEAD}{line}{line.replace('a@', 'A@')}New,,,,,,,,,\n")
    assert faults(plan) == [(3, ["contact_twice"]), (4, ["client_twice"])]


def test_a_reference_renames_and_a_name_that_another_has_is_refused():
    others = client(), client(pk=2, name="Two Rivers", slug="two-rivers")
    plan = planned("Client,Reference\nCopperline Health,copperline\nCopperline,two-rivers\n", *others)
    assert (plan.clients[0].changes, faults(plan)) == (
        {"name": ("Copperline", "Copperline Health")}, [(3, ["name_taken"])],
    )  # fmt: skip


def test_two_new_clients_of_one_reference_are_refused():
    plan = planned("Client,Reference\nA,same\nB,same\n")
    assert faults(plan) == [(3, ["slug_twice"])]


def test_a_new_contact_without_an_address_that_its_channel_needs_is_bad():
    plan = planned("Client,Contact,Told by\nNew,Desk,email\nNew,Call,phone\n")
    assert [codes for _, codes in faults(plan)] == [["contact.not_a_email"], ["contact.number_missing"]]


def test_the_fingerprint_turns_with_the_state_that_the_file_meets():
    text = "Client,Time zone\nCopperline,America/Denver\n"
    seen, now = planned(text, client()), planned(text, client(time_zone="Europe/Berlin"))
    assert (seen.digest == planned(text, client()).digest, seen.digest == now.digest) == (True, False)


def test_of_10000_lines_with_a_byte_order_mark_each_of_37_bad_ones_is_named():
    read = csv_file.read(ten_thousand_lines("utf-8-sig"))
    plan = import_plan.plan(lines.lines(read, KNOWN), [], KNOWN)
    assert [number for number, _ in faults(plan)] == BAD_LINES
    assert {code for _, codes in faults(plan) for code in codes} == {
        "unknown_zone_meant", "formula", "client_missing", "too_long",
    }  # fmt: skip
    assert sum(len(each.contacts) for each in plan.clients) == 9_963
