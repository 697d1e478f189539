"""The demonstration's clock: forward only, the same for every process, and nothing on the way is lost."""

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from changeboard import clock
from changeboard.demo import shift
from changeboard.demo.actions import moving
from changeboard.demo.models import ClockShift
from changeboard.refusal import Refusal
from notifications.models import Delivery
from tests import stack
from tests.factories.directory import ClientFactory, ContactFactory, SystemFactory
from tests.factories.maintenance import WindowFactory

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _moved_clock():
    shift.forget()
    clock.run_ahead(shift.ahead)
    yield
    clock.run_ahead(timedelta)
    shift._Memo.ahead = timedelta()
    shift.forget()


def codes(act, *args, **kwargs):
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.django_db
def test_the_clock_moves_forward_and_goes_on_from_there():
    wanted = datetime.now(UTC) + timedelta(days=3)
    moving.walk(wanted)
    assert timedelta() <= clock.now() - wanted < timedelta(seconds=20)


@pytest.mark.django_db
def test_it_never_moves_back():
    now = clock.now()
    assert codes(moving.ask, now - SECOND, at=now) == ["clock.only_forward"]
    shift.move_to(now + timedelta(days=1))
    assert codes(shift.move_to, now) == ["clock.only_forward"]


@pytest.mark.django_db
def test_it_does_not_jump_over_half_a_year():
    now = clock.now()
    assert codes(moving.ask, now + timedelta(days=63), at=now) == ["clock.too_far"]


@pytest.mark.django_db
def test_two_do_not_move_it_at_once():
    now = clock.now()
    moving.ask(now + timedelta(days=1), at=now)
    assert codes(moving.ask, now + timedelta(days=2), at=now) == ["clock.is_moving"]


@pytest.mark.django_db
def test_notices_on_the_way_go_out_each_at_its_time(mailbox):
    ris = SystemFactory(code="RIS")
    ContactFactory(client=ClientFactory(uses=[ris]), address="desk@client.example")
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=20)
    WindowFactory(system=ris, on=starts_at.date(), starts_at=starts_at)
    moving.walk(datetime.now(UTC) + timedelta(days=20, hours=-2))
    told = Delivery.objects.filter(state="accepted", milestone__in=["two_weeks", "day_before"])
    assert [row.milestone for row in told] == ["two_weeks", "day_before"]
    assert not any(row.is_late for row in told)


@pytest.mark.django_db(transaction=True)
def test_every_process_sees_the_moved_clock():
    shift.move_to(datetime.now(UTC) + timedelta(days=9))
    env = stack.by_itself(connection.settings_dict["NAME"])
    code = "import django; django.setup(); from changeboard import clock; print(clock.now().isoformat())"
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert abs(datetime.fromisoformat(said.stdout.strip()) - clock.now()) < timedelta(seconds=30)


@pytest.mark.django_db
def test_the_command_takes_a_length_or_an_instant():
    out = io.StringIO()
    call_command("demo_clock", "+2h", stdout=out)
    assert ClockShift.objects.get().ahead > timedelta(hours=1, minutes=59)
    with pytest.raises(CommandError):
        call_command("demo_clock", "tomorrow")


def test_outside_the_demonstration_the_command_refuses(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_clock", "+2h")
