import pytest
from django.http import QueryDict

from changes.domain.sheet import Sheet, Touch
from changes.forms.filing import FilingForm
from tests.factories.directory import ServiceFactory

pytestmark = pytest.mark.django_db


def typed(service, *, stored=None, worst="0:30", **row):
    data = QueryDict(mutable=True)
    data.update({"services": str(service.pk), "q-planned_down": "0:00", "steps": "0"})
    data.update({"q-worst_down": "no network", "q-worst_down-seconds": worst})
    data.update({f"service-{service.pk}-{name}": value for name, value in row.items()})
    return FilingForm(data=data, sheet=stored)


@pytest.mark.parametrize(
    ("row", "touch"),
    [
        ({}, Touch("degraded", 30)),
        ({"impact": "", "seconds": "", "meanwhile": ""}, Touch("degraded", 30)),
        ({"impact": "", "seconds": "0:10", "meanwhile": "Ring us"}, Touch("degraded", 10, "Ring us")),
        ({"impact": "outage", "seconds": "1:00", "meanwhile": ""}, Touch("outage", 60)),
        ({"impact": "no_impact", "seconds": "", "meanwhile": ""}, Touch("no_impact", 0)),
        ({"impact": "outage", "seconds": "", "meanwhile": ""}, Touch("outage", 0)),
    ],
)
def test_a_row_says_how_its_service_is_touched_and_the_figures_say_it_where_it_is_empty(row, touch):
    service = ServiceFactory()
    assert typed(service, **row).sheet().services == {service.pk: touch}


def test_what_a_person_set_stays_when_the_figures_change():
    service = ServiceFactory()
    stored = Sheet(services={service.pk: Touch("outage", 5)})
    row = {"impact": "outage", "seconds": "0:05", "meanwhile": ""}
    form = typed(service, stored=stored, worst="2:00", **row)
    assert form.sheet().services == {service.pk: Touch("outage", 5)}


def test_what_the_figures_proposed_is_shown_empty_and_a_setting_is_shown():
    service = ServiceFactory()
    kept = Sheet(services={service.pk: Touch("degraded", 30, "Ring us")}, answers=_answers())
    own = Sheet(services={service.pk: Touch("outage", 5)}, answers=_answers())
    shown = [FilingForm(sheet=sheet).impacts[0].initial for sheet in (kept, own)]
    unsaid = {"queue": "", "fallback": "", "fallback_words": ""}
    assert shown == [
        {"meanwhile": "Ring us", **unsaid},
        {"impact": "outage", "seconds": 5, "meanwhile": "", **unsaid},
    ]


def test_what_must_drain_and_what_can_still_be_read_is_said_behind_the_tick():
    service = ServiceFactory()
    row = {"queue": "HL7 outbound, about 3 min", "fallback": "yes", "fallback_words": "A copy of last night"}
    assert typed(service, **row).sheet().services == {service.pk: Touch("degraded", 30, "", *row.values())}


def test_what_was_typed_behind_a_tick_that_was_removed_is_shown_again_unread():
    service, other = ServiceFactory(), ServiceFactory(slug="telephones")
    data = typed(service).form.data
    said = {"impact": "outage", "seconds": "soon", "meanwhile": "Ring us", "fallback": "no"}
    data.update({f"service-{other.pk}-{name}": value for name, value in said.items()})
    row = next(row for row in FilingForm(data=data).impacts if row.service == other)
    assert ({name: row[name].value() for name in said}, row.errors) == (said, {})


def test_faults_stand_beside_their_row_and_an_unticked_row_has_none():
    service, other = ServiceFactory(), ServiceFactory(slug="telephones")
    data = typed(service, impact="awful", seconds="soon").form.data
    data[f"service-{other.pk}-seconds"] = "soon"
    form = FilingForm(data=data)
    assert not form.is_valid()
    assert [list(row.errors) for row in form.impacts if row.is_bound] == [["impact", "seconds"]]


def _answers():
    return {"planned_down": 0, "worst_down": {"text": "no network", "seconds": 30}}
