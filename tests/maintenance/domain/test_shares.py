from hypothesis import given
from hypothesis import strategies as st

from maintenance.domain import shares
from maintenance.domain.budget import Length
from maintenance.domain.shares import Share, Want

FIREWALL, INDEX = ("changes.change", 1), ("changes.change", 2)


def codes(given, budget=900, riding=(FIREWALL, INDEX)):
    return [reason.code for reason in shares.faults(given, budget, riding)]


def test_a_split_may_use_the_whole_budget_and_no_second_more():
    halves = [Share("CHG-0001", 450, FIREWALL), Share("The release", 450)]
    assert (codes(halves), codes(halves, budget=899)) == ([], ["share.more_than_the_budget"])


def test_every_fault_of_a_split_is_named_at_once():
    wrong = [
        Share(" ", 500),
        Share("Spare", 300),
        Share("spare ", 300),
        Share("CHG-0009", 1, ("changes.change", 9)),
    ]
    assert codes(wrong) == [
        "share.more_than_the_budget", "share.without_a_purpose", "share.twice", "share.not_riding",
    ]  # fmt: skip


def test_a_change_over_its_share_is_marked_by_its_likely_worst():
    wants = [Want("CHG-0001", Length(300, 420), FIREWALL), Want("CHG-0001", Length(60, 60), FIREWALL)]
    [part] = shares.portions([Share("CHG-0001", 400, FIREWALL)], wants)
    assert (part.planned, part.likely_worst, part.over_by) == (360, 480, 80)


def test_what_rides_without_a_share_and_what_rides_no_more_are_both_shown():
    parts = shares.portions(
        [Share("CHG-0001", 400, FIREWALL), Share("Spare", 60)], [Want("CHG-0002", Length(60, 90), INDEX)]
    )
    assert [(part.label, part.seconds, part.planned) for part in parts] == [
        ("CHG-0002", None, 60), ("Spare", 60, 0), ("CHG-0001", 400, 0),
    ]  # fmt: skip


@given(st.lists(st.builds(Share, st.text(), st.integers(1, 900), st.none() | st.just(FIREWALL))))
def test_only_what_has_no_source_yet_is_kept(split):
    assert shares.kept(split) == sum(share.seconds for share in split if share.source is None)
