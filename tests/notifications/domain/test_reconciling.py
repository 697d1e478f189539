"""What the ledger lacks is added once; what nothing asks for any more is not sent."""

from datetime import timedelta

from notifications.domain import folding
from notifications.domain.lifecycle import State
from notifications.domain.milestones import Milestone
from notifications.domain.plan import plan
from notifications.domain.reconciling import NOT_WANTED, OLD_REVISION, Skip, Times, changes
from tests.notifications.domain.a_window import CLIENTS, DESK, ORIGINAL, START, moved_by, window
from tests.notifications.domain.simulation import Ledger

M = Milestone
EARLY = START - timedelta(days=20)


def test_the_first_run_adds_every_row_and_the_second_none():
    ledger = Ledger()
    wanted = plan(window(), CLIENTS, [DESK], [])
    assert [row.milestone for row in changes(wanted, [], 0).fresh] == [M.TWO_WEEKS, M.DAY_BEFORE]
    ledger.write(changes(wanted, [], 0), 0)
    assert changes(wanted, ledger.entries, 0).is_none


def test_open_rows_of_an_older_revision_are_superseded():
    ledger = Ledger()
    ledger.write(changes(plan(window(), CLIENTS, [DESK], []), [], 0), 0)
    after = window(ORIGINAL, moved_by(7))
    found = changes(plan(after, CLIENTS, [DESK], ledger.entries), ledger.entries, 1)
    assert (dict(found.superseded), len(found.fresh)) == ({OLD_REVISION: [1, 2]}, 2)


def test_a_contact_that_left_is_owed_nothing_more():
    ledger = Ledger()
    ledger.write(changes(plan(window(), CLIENTS, [DESK], []), [], 0), 0)
    assert dict(changes([], ledger.entries, 0).superseded) == {NOT_WANTED: [1, 2]}


def test_what_a_sender_has_or_a_person_holds_is_left_alone():
    ledger = Ledger()
    ledger.write(changes(plan(window(), CLIENTS, [DESK], []), [], 0), 0)
    ledger.set(1, State.SENDING)
    ledger.set(2, State.HELD)
    later = [
        row._replace(due_at=row.due_at + timedelta(hours=1)) for row in plan(window(), CLIENTS, [DESK], [])
    ]
    assert changes(later, ledger.entries, 0).is_none


def test_a_changed_hour_shifts_all_rows_to_it_at_once_but_not_the_next_try():
    ledger = Ledger()
    wanted = plan(window(), CLIENTS, [DESK], [])
    ledger.write(changes(wanted, [], 0), 0)
    tried_at = EARLY + timedelta(minutes=5)
    ledger.entries[1] = ledger.entries[1]._replace(tries=1, try_at=tried_at)
    hour = timedelta(hours=1)
    later = [row._replace(due_at=row.due_at + hour, try_at=row.due_at + hour) for row in wanted]
    first, second = wanted
    assert changes(later, ledger.entries, 0).shifted == {
        Times(first.due_at + hour, first.due_at + hour, first.not_after): [1],
        Times(second.due_at + hour, tried_at, second.not_after): [2],
    }


def test_a_notice_that_another_carries_is_skipped_with_its_reason():
    ledger = Ledger()
    wanted = plan(window(), CLIENTS, [DESK], [])
    ledger.write(changes(wanted, [], 0), 0)
    late = folding.fold(wanted, ledger.entries, window(), START - timedelta(hours=20))
    assert changes(late, ledger.entries, 0).skipped == {Skip(folding.TOO_LATE, M.DAY_BEFORE): [1]}
