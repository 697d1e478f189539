"""Cadences, windows and freezes. A window lies on RIS's third Tuesday of December 2026 unless told otherwise."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory

from changeboard import clock
from maintenance.models import Cadence, Duty, Freeze, Window, WindowRevision
from tests.factories.directory import SystemFactory

NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)


class CadenceFactory(DjangoModelFactory[Cadence]):
    class Meta:
        model = Cadence

    system = factory.SubFactory(SystemFactory)
    rrule = "FREQ=MONTHLY;BYDAY=3TU"
    start_time = time(11)
    length_seconds = 900
    budget_seconds = 900


class WindowFactory(DjangoModelFactory[Window]):
    class Meta:
        model = Window
        skip_postgeneration_save = True

    system = factory.SubFactory(SystemFactory)
    on = date(2026, 12, 15)
    start_time = time(11)
    length_seconds = 900
    budget_seconds = 900
    reference = factory.LazyAttribute(lambda window: f"{window.system.code}-{window.on:%Y-%m}")
    starts_at = factory.LazyAttribute(
        lambda window: clock.at_wall(window.on, window.start_time, "America/Chicago")
    )
    ends_at = factory.LazyAttribute(
        lambda window: window.starts_at + timedelta(seconds=window.length_seconds)
    )

    @factory.post_generation
    def first_revision(self, create: bool, extracted: object, **_: object) -> None:
        WindowRevision.objects.create(
            window=self,
            revision=0,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            kind="made",
            at=NOW,
            budget_seconds=self.budget_seconds,
        )


class FreezeFactory(DjangoModelFactory[Freeze]):
    class Meta:
        model = Freeze

    name = "Holiday peak"
    starts_at = datetime(2026, 12, 19, 6, tzinfo=UTC)
    ends_at = datetime(2027, 1, 4, 6, tzinfo=UTC)


def name_people(window: Window, person: object) -> None:
    """Fill the duties that Go asks for."""
    for role in Duty.Role.values:
        window.duties.create(role=role, person=person)
