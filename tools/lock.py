"""`make lock`: the locks from pyproject.toml and the judges' list, with the hash of every file of each release."""

import shlex

from tools import processes, venv
from tools.places import BIN, ROOT
from tools.say import say

# By lock: what it is made from.
LOCKS = {
    "requirements.txt": ["pyproject.toml", "--extra", "server"],
    "requirements-dev.txt": ["pyproject.toml", "--extra", "dev"],
    "tests/judges/requirements.txt": ["tests/judges/requirements.in"],
}


def main() -> int:
    """All locks; pins stay unless pyproject.toml or `ARGS="--upgrade"` moves them; they name no index."""
    venv.ready()
    env = venv.uv_environment()
    for name, source in LOCKS.items():
        say(f"locking {name}")
        words = ["pip", "compile", *source, "--output-file", name, "--quiet"]
        words += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        words += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
        words += shlex.split(env.get("ARGS", ""))
        processes.run([BIN / "uv", *words], env=env, doing=f"locking {name}")
    say(f"written in {ROOT}")
    return 0
