"""A freeze over windows that exist holds them; lifting it lets go of exactly those (PRODUCT.md section 5)."""

from datetime import UTC, date, datetime, time
from threading import Barrier, Thread

import pytest
from django.db import connection

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from maintenance.actions import announcing, disposing, freezing, holding, scheduling
from maintenance.actions.running import go
from maintenance.models import Freeze, Hold, Window
from tests.factories.directory import SystemFactory
from tests.factories.maintenance import NOW, WindowFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DEC = {"starts_at": datetime(2026, 12, 14, 6, tzinfo=UTC), "ends_at": datetime(2026, 12, 20, 6, tzinfo=UTC)}
AT_GO = datetime(2026, 12, 15, 16, 58, tzinfo=UTC)


@pytest.fixture
def kim(db):
    return PersonFactory(release=True)


def declare(kim, **other):
    told = {"name": "Peak", "systems": [], "hard": True, "reason": "", **DEC, **other}
    return freezing.create(**told, by=kim, at=NOW)


def held():
    rows = Hold.objects.open().order_by("window", "freeze")
    return [(hold.window.reference, hold.freeze.name) for hold in rows.select_related("window", "freeze")]


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


def test_a_hard_freeze_holds_what_lies_in_it_announced_or_not_and_leaves_its_state(kim):
    window = announcing.announced(WindowFactory(), at=NOW)
    WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 22))
    declare(kim)
    window.refresh_from_db()
    assert (held(), window.state, window.revision) == ([("RIS-2026-12", "Peak")], "announced", 0)
    assert Event.objects.about(window).first().act == "window.held"


def test_a_soft_freeze_holds_nothing(kim):
    WindowFactory()
    declare(kim, hard=False)
    assert held() == []


def test_a_freeze_of_another_system_holds_nothing(kim):
    WindowFactory()
    declare(kim, systems=[SystemFactory(code="PACS")])
    assert held() == []


def test_what_is_under_way_is_not_held(kim):
    window = WindowFactory()
    Window.objects.filter(pk=window.pk).update(state="in_progress")
    declare(kim)
    assert held() == []


def test_lifting_lets_go_of_exactly_those_and_a_second_time_changes_nothing(kim):
    WindowFactory(), WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 22))
    peak = declare(kim)
    other = declare(
        kim,
        name="Incident",
        starts_at=datetime(2026, 12, 21, tzinfo=UTC),
        ends_at=datetime(2026, 12, 24, tzinfo=UTC),
    )
    freezing.lift(peak, by=kim, at=NOW), freezing.lift(peak, by=kim, at=NOW)
    assert held() == [("PACS-2026-12", "Incident")]
    assert Event.objects.filter(act="window.released").count() == 1
    assert Freeze.objects.get(pk=other.pk).lifted_at is None


def test_a_window_held_by_two_freezes_is_let_go_by_the_last(kim):
    WindowFactory()
    peak, incident = declare(kim), declare(kim, name="Incident")
    freezing.lift(peak, by=kim, at=NOW)
    assert held() == [("RIS-2026-12", "Incident")]
    freezing.lift(incident, by=kim, at=NOW)
    assert held() == []


def test_go_is_refused_for_a_held_window_and_names_the_freeze(ready, kim):
    declare(kim)
    with pytest.raises(Refusal) as refused:
        go(ready, by=kim, at=AT_GO)
    facts = [dict(reason.facts) for reason in refused.value.reasons]
    assert [(fact["code"], "Peak" in fact["detail"]) for fact in facts] == [("conflict.freeze", True)]


def test_an_override_lets_one_window_go_by_name_and_ends_when_it_moves(ready, kim):
    peak = declare(kim)
    disposing.dispose(ready, kind="freeze", about=str(peak.pk), reason="The CIO asked for it", by=kim, at=NOW)
    assert held() == []
    assert Event.objects.about(ready).first().act == "window.released"
    with pytest.raises(Refusal) as refused:
        scheduling.move(ready, on=date(2026, 12, 16), start_time=time(11), reason="x", by=kim, at=NOW)
    assert codes(refused)[0] == "window.in_freeze"


def test_a_window_with_an_override_goes(ready, kim):
    peak = declare(kim)
    disposing.dispose(ready, kind="freeze", about=str(peak.pk), reason="The CIO asked", by=kim, at=NOW)
    assert go(ready, by=kim, at=AT_GO).window.state == "in_progress"


def test_an_override_that_is_taken_back_holds_the_window_again(kim):
    window, peak = WindowFactory(), declare(kim)
    waiver = disposing.dispose(window, kind="freeze", about=str(peak.pk), reason="CIO", by=kim, at=NOW)
    disposing.withdraw(waiver, by=kim, at=NOW)
    assert held() == [("RIS-2026-12", "Peak")]


@pytest.mark.parametrize("day", [15, 16])
def test_a_window_is_made_in_a_freeze_with_a_recorded_override_only(kim, day):
    declare(kim)
    wanted = {
        "system": SystemFactory(code="RIS"), "on": date(2026, 12, day), "start_time": time(11),
        "length_seconds": 900, "budget_seconds": 900, "by": kim, "at": NOW,
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        scheduling.create_window(**wanted)
    window = scheduling.create_window(**wanted, override="A security hole")
    waiver = window.waivers.get()
    assert (codes(refused)[0], waiver.reason, waiver.by, held()) == (
        "window.in_freeze", "A security hole", kim, [],
    )  # fmt: skip


def test_a_window_that_leaves_a_freeze_or_is_cancelled_is_let_go(kim):
    one, other = WindowFactory(), WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 16))
    declare(kim)
    scheduling.move(one, on=date(2026, 12, 21), start_time=time(11), reason="Frozen", by=kim, at=NOW)
    assert held() == [("PACS-2026-12", "Peak")]
    scheduling.cancel(other, reason="Frozen", by=kim, at=NOW)
    assert held() == []


def change(freeze, kim, **other):
    same = {"name": freeze.name, "systems": [], "hard": True, "reason": "", **DEC}
    return freezing.change(freeze, **{**same, **other}, by=kim, at=NOW)


def test_a_longer_freeze_holds_more_a_shorter_one_less_and_a_soft_one_nothing(kim):
    WindowFactory(), WindowFactory(system=SystemFactory(code="PACS"), on=date(2026, 12, 22))
    peak = declare(kim)
    change(peak, kim, ends_at=datetime(2026, 12, 24, tzinfo=UTC))
    assert held() == [("RIS-2026-12", "Peak"), ("PACS-2026-12", "Peak")]
    change(
        peak, kim, starts_at=datetime(2026, 12, 21, tzinfo=UTC), ends_at=datetime(2026, 12, 24, tzinfo=UTC)
    )
    assert held() == [("PACS-2026-12", "Peak")]
    change(peak, kim, hard=False)
    assert held() == []


def test_a_lifted_freeze_is_not_changed_any_more(kim):
    peak = freezing.lift(declare(kim), by=kim, at=NOW)
    with pytest.raises(Refusal) as refused:
        change(peak, kim)
    assert (codes(refused), refused.value.conflict) == (["freeze.is_lifted"], True)


OCTOBER, NOVEMBER = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"ends_at": DEC["starts_at"]}, "freeze.ends_before_it_starts"),
        ({"starts_at": OCTOBER, "ends_at": NOVEMBER}, "freeze.is_over_already"),
    ],
)
def test_a_freeze_that_ends_before_it_begins_or_is_over_is_refused(kim, span, code):
    with pytest.raises(Refusal) as refused:
        declare(kim, **span)
    assert codes(refused) == [code]


def test_settling_once_more_finds_nothing_to_hold_or_let_go(kim):
    window = WindowFactory()
    declare(kim)
    assert holding.settle([window.pk], by=kim, at=NOW) == 0


def test_a_longer_window_in_a_freeze_stays_held(kim):
    window = WindowFactory()
    declare(kim)
    again = {"length_seconds": 1800, "budget_seconds": 900, "reason": "More to do"}
    scheduling.resize(window, **again, by=kim, at=NOW)
    assert held() == [("RIS-2026-12", "Peak")]


@pytest.mark.django_db(transaction=True)
def test_a_window_that_is_moved_while_a_freeze_is_declared_is_refused_or_held_never_missed():
    kim, together, told = PersonFactory(release=True), Barrier(2), []
    window = WindowFactory(on=date(2026, 12, 22))

    def at_once(act):
        together.wait()
        try:
            act()
        except Refusal as refusal:
            told.append(refusal.reasons[0].code)
        finally:
            connection.close()

    def move():
        scheduling.move(window, on=date(2026, 12, 16), start_time=time(11), reason="x", by=kim, at=NOW)

    threads = [Thread(target=at_once, args=[act]) for act in (move, lambda: declare(kim))]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    window.refresh_from_db()
    assert (window.on.day, len(held()), told) in [(22, 0, ["window.in_freeze"]), (16, 1, [])]
