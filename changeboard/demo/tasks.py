"""A doorbell: the walk takes longer than a page may."""

from datetime import datetime

from celery import shared_task

from changeboard.demo.actions import moving


@shared_task(ignore_result=True)
def walk(instant: str) -> None:
    moving.walk(datetime.fromisoformat(instant))
