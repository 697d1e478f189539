"""Doorbells: Celery calls, verbs do."""

from celery import shared_task

from changeboard import clock
from maintenance.actions import cadence, zones


@shared_task(ignore_result=True)
def extend() -> None:
    cadence.extend_windows(now=clock.now())


@shared_task(ignore_result=True)
def check_zones() -> None:
    zones.check(now=clock.now())
