"""Doorbells: Celery calls, verbs do."""

from celery import shared_task

from changeboard import clock
from maintenance.actions import cadence


@shared_task(ignore_result=True)
def extend() -> None:
    cadence.extend_windows(now=clock.now())
