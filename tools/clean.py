"""`make clean`: the checkout as it came."""

import shutil

from tools import guard, postgres
from tools.places import ROOT, RUN, VENV
from tools.say import say


def main() -> int:
    """Remove the virtual environment, the private servers' data and what was built; refuse while they run."""
    with guard.only_one("run"), guard.only_one("test"):
        for place in (VENV, postgres.elsewhere(), RUN, ROOT / "staticfiles"):
            if place.is_symlink():
                place.unlink()
            elif place.exists():
                say(f"removing {place}")
                shutil.rmtree(place)
    return 0
