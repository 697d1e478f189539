import pytest

from changeboard.refusal import Refusal
from changes.actions import emergency
from changes.models import Change
from tests.factories.changes import AT, a_harmless_sheet, a_sheet, a_submitted, window
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def an_emergency(**given):
    return a_submitted(a_sheet(kind="emergency", **given))


def test_two_board_members_approve_an_emergency_at_once():
    change = an_emergency()
    first = emergency.approve(change, by=PersonFactory(member=True), at=AT).state
    second = emergency.approve(change, by=PersonFactory(member=True), at=AT)
    assert (first != "approved", second.state, second.decided_at) == (True, "approved", AT)


def test_one_member_twice_is_not_two_members():
    change, member = an_emergency(), PersonFactory(member=True)
    emergency.approve(change, by=member, at=AT)
    with pytest.raises(Refusal) as refused:
        emergency.approve(change, by=member, at=AT)
    assert refused.value.reasons[0].code == "change.approved_once_already"


def test_nobody_approves_their_own_emergency():
    change = an_emergency()
    with pytest.raises(Refusal) as refused:
        emergency.approve(change, by=change.requester, at=AT)
    assert refused.value.reasons[0].code == "change.own_change"


def test_a_normal_change_is_no_emergency():
    with pytest.raises(Refusal) as refused:
        emergency.approve(a_submitted(a_harmless_sheet()), by=PersonFactory(member=True), at=AT)
    assert refused.value.reasons[0].code == "change.not_an_emergency"


def test_an_approved_emergency_rides_on_the_window_it_asked_for():
    change = an_emergency(window=window().pk)
    for _ in range(2):
        emergency.approve(change, by=PersonFactory(member=True), at=AT)
    assert Change.objects.get(pk=change.pk).state == "scheduled"
