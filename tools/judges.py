"""The judges' own virtual environment: a reader of our mails whose packages do not go together with ours."""

import hashlib
import subprocess
import sys
from pathlib import Path

from tools import guard, venv
from tools.places import BIN, ROOT, RUN
from tools.say import Trouble, say

LOCK = ROOT / "tests" / "judges" / "requirements.txt"
PLACE = RUN / "judges"
PYTHON = PLACE / "bin" / "python"
STAMP = PLACE / "changeboard.stamp"


def ready() -> Path:
    """The Python of an environment that fits the judges' lock, every file checked against its hash; made once."""
    with guard.in_turn("judges"):
        wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
        if not (PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted):
            say("making the judges' environment")
            _uv("venv", "--quiet", "--clear", "--python", sys.executable, PLACE)
            _uv("pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", LOCK)
            STAMP.write_text(wanted)
    return PYTHON


def _uv(*words: str | Path) -> None:
    done = subprocess.run([BIN / "uv", *words], env=venv.uv_environment(), capture_output=True, text=True)
    if done.returncode:
        raise Trouble("uv failed:\n" + "\n".join(done.stderr.strip().splitlines()[-10:]))
