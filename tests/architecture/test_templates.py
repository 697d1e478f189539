"""Templates: small, and they obey the floors as modules do."""

import re
from pathlib import Path

import pytest

from tests.architecture import tree

TEMPLATES = tree.ROOT / "templates"
FLOORS = ["history", "people", "directory", "maintenance", "changes", "notifications"]
# Each with its reason.
LONG = {"ui/icons.html": "drawings, one a line"}
NAMED = re.compile(r"{%\s*(?:url\s+['\"](\w+):|(?:include|extends)\s+['\"](\w+)/)")


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*.html"))


def limit(path: Path) -> int:
    """The lines that a template may have: a component, a panel, a page."""
    parts = path.relative_to(TEMPLATES).parts
    return 25 if parts[0] == "ui" else 60 if "panels" in parts or path.name.startswith("_") else 120


def test_no_template_is_longer_than_its_kind_allows() -> None:
    long = {
        path.relative_to(TEMPLATES).as_posix(): len(path.read_text().splitlines())
        for path in templates()
        if len(path.read_text().splitlines()) > limit(path)
    }
    assert {name: lines for name, lines in long.items() if name not in LONG} == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_a_template_names_its_own_floor_and_lower_ones(floor: str) -> None:
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    upward = {
        f"{path.relative_to(TEMPLATES)} names {name}"
        for path in (TEMPLATES / floor).rglob("*.html")
        for pair in NAMED.findall(path.read_text())
        for name in pair
        if name in above
    }
    assert upward == set()


def test_nothing_is_inlined_in_a_page() -> None:
    inlined = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    # A mail has no stylesheet of its own to link to.
    pages = [path for path in templates() if "notices" not in path.relative_to(TEMPLATES).parts]
    assert [str(path.relative_to(TEMPLATES)) for path in pages if inlined.search(path.read_text())] == []
