"""The locks: every release pinned with the hashes of its files, no index named, made from pyproject.toml."""

import re
import tomllib

import pytest

from tests.architecture import tree

LOCKS = {"requirements.txt": "server", "requirements-dev.txt": "dev"}


def pins(lock: str) -> dict[str, str]:
    """Each pinned name with its block of the lock."""
    blocks = re.split(r"\n(?=\S)", (tree.ROOT / lock).read_text())
    return {block.split("==")[0]: block for block in blocks if "==" in block.split("\n")[0]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    assert [name for name, block in pins(lock).items() if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_place(lock: str) -> None:
    text = (tree.ROOT / lock).read_text()
    assert re.findall(r"https?:|file:|--\w*index|--find-links|^/|\s/\w", text, re.MULTILINE) == []


@pytest.mark.parametrize(("lock", "extra"), LOCKS.items())
def test_a_lock_pins_what_pyproject_asks_for(lock: str, extra: str) -> None:
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"][extra]]
    names = {re.match(r"[\w-]+", line).group().lower() for line in asked}  # type: ignore[union-attr]
    assert names - set(pins(lock)) == set()


def test_both_locks_agree() -> None:
    def version(block: str) -> str:
        return re.split(r"[ ;]", block.split("==")[1])[0]

    server, development = pins("requirements.txt"), pins("requirements-dev.txt")
    both = server.keys() & development.keys()
    assert {name for name in both if version(server[name]) != version(development[name])} == set()
