"""Celery: the worker's tasks and the beat's rings. The roof: it names the tasks, nobody imports it."""

import os

from celery import Celery
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "changeboard.settings")

app = Celery("changeboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A worker serves both unless it is told which: webhooks and chats that never answer are better waited for by another.
app.conf.task_queues = [Queue(name, routing_key=name) for name in ("celery", "calls")]

HOUR_SECONDS = 60 * 60


@app.on_after_configure.connect
def _schedule(sender: Celery, **_: object) -> None:
    from django.conf import settings

    tick: int = settings.TICK_SECONDS
    # A ring that waited longer than a tick is stale: the next one does the same work.
    sender.conf.beat_schedule = {
        "tick": {
            "task": "notifications.tasks.tick",
            "schedule": float(tick),
            "options": {"expires": tick - 1},
        },
        "news by mail": {
            "task": "notifications.tasks.tell_news",
            "schedule": float(settings.NEWS_SECONDS),
            "options": {"expires": settings.NEWS_SECONDS - 1},
        },
        # Whoever asked, on the public page, to hear of maintenance by mail.
        "subscribers": {
            "task": "notifications.tasks.tell_subscribers",
            "schedule": float(settings.NEWS_SECONDS),
            "options": {"expires": settings.NEWS_SECONDS - 1},
        },
        # Electronic votes: remind who has not voted, end what is over.
        "keep votes": {
            "task": "changes.tasks.keep_votes",
            "schedule": float(tick),
            "options": {"expires": tick - 1},
        },
        # Each hour rather than each day: a beat counts from its start, and one that is restarted daily would
        # never count a day to its end. A run that finds nothing to make writes nothing.
        "check zones": {
            "task": "maintenance.tasks.check_zones",
            "schedule": float(HOUR_SECONDS),
            "options": {"expires": HOUR_SECONDS - 60},
        },
        "extend windows": {
            "task": "maintenance.tasks.extend",
            "schedule": float(HOUR_SECONDS),
            "options": {"expires": HOUR_SECONDS - 60},
        },
    }
