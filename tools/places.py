"""Where things lie in the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
LOCK = ROOT / "requirements-dev.txt"


def site_packages() -> Path:
    """The virtual environment's packages."""
    return next((VENV / "lib").glob("python3.*/site-packages"))


def environment() -> dict[str, str]:
    """The caller's environment and, beneath it, the checkout's `.env`."""
    values: dict[str, str] = {}
    file = ROOT / ".env"
    for line in file.read_text().splitlines() if file.exists() else ():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            values[name.strip()] = value.strip().strip("\"'")
    return {**values, **os.environ, "PYTHONUNBUFFERED": "1"}
