import pytest

from changeboard.history.models import Event
from changeboard.refusal import Refusal
from maintenance.actions import volumes
from maintenance.models import Volume, VolumeFile
from maintenance.queries.volumes import checked
from tests.factories.directory import ClientFactory, SystemFactory
from tests.factories.maintenance import NOW
from tests.factories.people import PersonFactory
from tests.maintenance.domain.week_file import week_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PersonFactory(release=True)


def a_file(by, text, name="orders.csv"):
    return volumes.check(text.encode(), name=name, by=by, at=NOW)


def totals():
    return {str(volume): volume.orders_a_week for volume in Volume.objects.all()}


def test_a_file_that_was_only_checked_has_loaded_nothing(by):
    shown = checked(a_file(by, week_file()))
    assert ([(table.name, table.orders, table.before) for table in shown.tables], totals()) == (
        [("Platform", 1680, None)], {},
    )  # fmt: skip


def test_a_loaded_file_takes_the_place_of_the_former_and_history_says_so(by):
    for orders in ("10", "20"):
        volumes.load(a_file(by, week_file(orders=orders)), by=by, at=NOW)
    assert totals() == {"Platform": 3360}
    loads = Event.objects.filter(act="volume.loaded").order_by("pk")
    assert [(load.facts["former"], load.facts["orders"]) for load in loads] == [(0, 1680), (1680, 3360)]


def test_loading_it_a_second_time_changes_nothing(by):
    file = a_file(by, week_file())
    volumes.load(file, by=by, at=NOW)
    volumes.remove(Volume.objects.get(), by=by, at=NOW)
    volumes.load(file, by=by, at=NOW)
    assert totals() == {}


def test_one_bad_line_loads_nothing_and_every_one_is_named(by):
    with pytest.raises(Refusal) as refused:
        volumes.load(a_file(by, week_file(instead={3: "Mon,x,1", 9: "Mon,7,?"})), by=by, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["volume.no_hour", "volume.no_number"]
    assert totals() == {}


def test_a_clients_own_week_leaves_the_platforms_alone(by):
    ClientFactory(name="Copperline Health", slug="copperline")
    SystemFactory(code="RIS")
    volumes.load(a_file(by, week_file()), by=by, at=NOW)
    own = "".join(f"{line},Copperline Health,ris\n" for line in week_file(orders="0.5").splitlines()[1:])
    volumes.load(a_file(by, "weekday,hour,orders,client,system\n" + own), by=by, at=NOW)
    assert totals() == {"Platform": 1680, "Copperline Health RIS": 84}


def test_a_file_that_nobody_loaded_goes_after_a_week(by):
    old = volumes.check(b"x", name="old.csv", by=by, at=NOW.replace(day=1))
    new = a_file(by, week_file())
    assert [list(VolumeFile.objects.all()), VolumeFile.objects.filter(pk=old.pk).exists()] == [[new], False]
