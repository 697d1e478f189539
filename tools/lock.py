"""`make lock`: the locks from pyproject.toml, with the hash of every file of each release."""

import shlex

from tools import processes, venv
from tools.places import BIN, ROOT
from tools.say import say

LOCKS = {"requirements.txt": "server", "requirements-dev.txt": "dev"}


def main() -> int:
    """Both locks; pins stay unless pyproject.toml or `ARGS="--upgrade"` moves them; they name no index."""
    venv.ready()
    env = venv.uv_environment()
    for name, extra in LOCKS.items():
        say(f"locking {name}")
        words = ["pip", "compile", "pyproject.toml", "--extra", extra, "--output-file", name, "--quiet"]
        words += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        words += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
        words += shlex.split(env.get("ARGS", ""))
        processes.run([BIN / "uv", *words], env=env, doing=f"locking {name}")
    say(f"written in {ROOT}")
    return 0
