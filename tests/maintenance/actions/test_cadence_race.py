"""Two beats at once: each date is made once, and the second finds nothing left."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from maintenance.actions import cadence
from maintenance.models import Window
from tests.factories.maintenance import NOW, CadenceFactory


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_moment_make_each_date_once():
    CadenceFactory()
    together, made = Barrier(2), []

    def run():
        together.wait()
        try:
            made.append(cadence.extend_windows(now=NOW))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (sorted(made), Window.objects.count()) == ([0, 6], 6)
