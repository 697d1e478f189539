"""Doorbells: Celery calls, verbs do."""

from celery import shared_task

from changeboard import clock
from changes.actions import between


@shared_task(ignore_result=True)
def keep_votes() -> None:
    between.keep(now=clock.now())
