"""The virtual environment: made once, brought up to date when the lock changes."""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import guard
from tools.places import BIN, LOCK, PYTHON, VENV, environment
from tools.say import Trouble, say

STAMP = VENV / "changeboard.stamp"


def ready() -> None:
    """Make `.venv` fit `requirements-dev.txt`, every file checked against its hash; at once if it does."""
    with guard.in_turn("venv"):
        _ready()


def _ready() -> None:
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    _make()
    say("installing what requirements-dev.txt pins")
    if not _with_uv():
        _pip("install", "--require-hashes", "--requirement", str(LOCK))
    STAMP.write_text(wanted)


def _make() -> None:
    if PYTHON.exists() and _same_python():
        return
    say("making the virtual environment in .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        lines = (made.stdout + made.stderr).split("\n\n")
        raise Trouble(f"python3 -m venv failed (on Debian, install python3-venv): {lines[0].strip()}")


def _same_python() -> bool:
    asked = subprocess.run([PYTHON, "-c", "import sys; print(sys.version)"], capture_output=True, text=True)
    return asked.stdout.strip() == sys.version.strip()


def _with_uv() -> bool:
    """Install with uv, ten times as quick as pip; its own wheel comes by pip, with its hashes."""
    pin = re.search(r"^uv==.*?(?=^\S|\Z)", LOCK.read_text(), re.MULTILINE | re.DOTALL)
    if pin is None:
        return False
    try:
        with tempfile.TemporaryDirectory() as place:
            only_uv = Path(place) / "uv.txt"
            only_uv.write_text(pin.group())
            _pip("install", "--require-hashes", "--requirement", str(only_uv))
        words: list[str | Path] = [
            BIN / "uv",
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            "--require-hashes",
            "-r",
            LOCK,
        ]
        done = subprocess.run(words, env=uv_environment(), capture_output=True, text=True)
    except (Trouble, OSError):
        return False
    if done.returncode:
        say("uv could not install it; pip takes its time instead")
    return done.returncode == 0


def uv_environment() -> dict[str, str]:
    """The environment in which uv finds what pip finds: the system's certificates and pip's own index."""
    env = environment()
    env.setdefault("UV_SYSTEM_CERTS", "1")
    env.setdefault("UV_LINK_MODE", "copy")
    index = env.get("PIP_INDEX_URL") or _pip_setting("global.index-url")
    if index:
        env.setdefault("UV_DEFAULT_INDEX", index)
    return env


def _pip_setting(name: str) -> str:
    words: list[str | Path] = [PYTHON, "-m", "pip", "config", "get", name]
    asked = subprocess.run(words, capture_output=True, text=True)
    return asked.stdout.strip()


def _pip(*words: str) -> None:
    command: list[str | Path] = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise Trouble("pip failed:\n" + "\n".join(done.stderr.strip().splitlines()[-10:]))
