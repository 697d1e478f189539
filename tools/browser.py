"""A Chromium for the tests: one on the PATH, else the system's package, else Playwright's own."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.places import BIN, environment
from tools.say import Trouble, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def found_or_installed() -> str:
    """The path of a browser that starts, or "" when Playwright's own is there to be used."""
    return on_path() or _from_the_system() or _from_playwright()


def on_path() -> str:
    """The first browser on the PATH that starts, or ""."""
    for name in NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return ""


def _starts(path: str) -> bool:
    # Some systems put a stub there that only says where to get the real one.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _from_the_system() -> str:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    say("installing the system's chromium")
    env = {**environment(), "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    for words in (install, ["apt-get", "update", "--quiet"], install):
        done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, capture_output=True)
        if words is install and done.returncode == 0:
            break
    return on_path()


def _from_playwright() -> str:
    say("installing Playwright's chromium")
    words: list[str | Path] = [BIN / "playwright", "install", "chromium"]
    done = subprocess.run(words, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Trouble(f"no browser for the tests; install chromium ({said[-1]})")
    return ""
