"""The contracts hold, and each is shown to fail when it is broken in a copy of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import tree

ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The source tree, to be broken."""
    for folder in (*tree.PRODUCT, "tests/architecture"):
        shutil.copytree(tree.ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "tests/__init__.py", "tests/settings.py"):
        shutil.copy(tree.ROOT / file, tmp_path / file)
    return tmp_path


def lint_imports(place: Path) -> subprocess.CompletedProcess[str]:
    """Ask import-linter about the tree in `place`."""
    words = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    env = {**ENVIRONMENT, "PYTHONPATH": str(place)}
    return subprocess.run(words, cwd=place, env=env, capture_output=True, text=True)


def ungated(place: Path) -> list[str]:
    """The addresses without a lock in the tree in `place`."""
    words = [sys.executable, "-m", "tests.architecture.doors"]
    done = subprocess.run(words, cwd=place, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def plant(file: Path, line: str) -> None:
    file.write_text(f"{file.read_text()}\n{line}\n")


def broken(said: str) -> list[str]:
    return [line.removesuffix(" BROKEN") for line in said.splitlines() if line.endswith(" BROKEN")]


def test_the_contracts_are_kept() -> None:
    done = lint_imports(tree.ROOT)
    assert (broken(done.stdout), done.returncode) == ([], 0), done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("maintenance/models/__init__.py", "import changes.models", "Imports run downwards only"),
        ("changeboard/people/__init__.py", "import changeboard.health", "Imports run downwards only"),
        (
            "changes/models/__init__.py",
            "import changes.views",
            "In each app the rooms import downwards only",
        ),
        ("maintenance/domain/__init__.py", "import django.db", "A domain knows no framework"),
    ],
)
def test_a_planted_import_breaks_its_contract(copy: Path, file: str, line: str, contract: str) -> None:
    plant(copy / file, line)
    done = lint_imports(copy)
    assert (broken(done.stdout), done.returncode) == ([contract], 1), done.stdout


def test_a_planted_view_without_a_gate_is_found(copy: Path) -> None:
    view = 'django.urls.path("planted/", lambda request: None, name="planted")'
    plant(copy / "changes/urls.py", f"import django.urls\nurlpatterns.append({view})")
    assert ungated(copy) == ["changes:planted"]
