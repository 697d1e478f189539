"""`make bench`: what the engine does on big data, as ratios measured in one run, on private servers."""

import os
import shutil
import subprocess

from tools import guard, servers, venv
from tools.places import PYTHON, ROOT, RUN, environment


def main() -> int:
    """Fill a database of its own and measure; answers the exit status."""
    env = environment()
    place = RUN / "bench"
    with guard.only_one("bench"):
        venv.ready()
        shutil.rmtree(place, ignore_errors=True)
        try:
            # Durable: a mark that is not on the disk is none.
            with servers.given_or_private(place, env, durable=True) as urls:
                settings = {
                    "DEBUG": "0",
                    "DEMO": "1",
                    "SECRET_KEY": "bench" * 12,
                    "DJANGO_SETTINGS_MODULE": "bench.settings",
                }
                words = os.environ.get("ARGS", "").split()
                return subprocess.run(
                    [PYTHON, "-m", "bench.measure", *words], cwd=ROOT, env={**env, **urls, **settings}
                ).returncode
        finally:
            shutil.rmtree(place, ignore_errors=True)
