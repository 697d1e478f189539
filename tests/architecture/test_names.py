"""Names: none that says nothing, and every model's in docs/words.md."""

import re

import pytest
from django.apps import apps

from tests.architecture import tree

REFUSED = {"utils", "helpers", "common", "misc", "base", "core", "services", "managers", "constants"}
OURS = {"changeboard", "history", "people", "directory", "maintenance", "changes", "notifications", "demo"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    paths = [path.relative_to(tree.ROOT) for path in tree.files(*tree.ALL)]
    assert [str(path) for path in paths if {path.stem, *path.parts[:-1]} & REFUSED] == []


def words() -> set[str]:
    """The first column of docs/words.md, in small letters without hyphens."""
    rows = re.findall(r"^\| ([^|]+) \|", (tree.ROOT / "docs" / "words.md").read_text(), re.MULTILINE)
    return {word.strip().lower().replace("-", " ") for row in rows for word in row.split(",")}


def spoken(model: str) -> str:
    """`NoGoDate` as one says it: no go date."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model).lower()


def test_every_model_is_a_word_of_ours() -> None:
    models = {model.__name__ for model in apps.get_models() if model._meta.app_label in OURS}
    assert {model for model in models if spoken(model) not in words()} == set()


@pytest.mark.parametrize("room", ["domain", "models", "permissions", "queries", "actions", "contributor"])
def test_the_clock_is_read_above_the_verbs_only(room: str) -> None:
    inside = [path for path in tree.files(*tree.APPS) if room in (path.stem, path.parent.name)]
    assert [
        tree.name(path) for path in inside if tree.calls(path) & {"clock.now", "timezone.now", "now"}
    ] == []


def test_a_domain_imports_only_python_the_clock_refusals_and_other_domains() -> None:
    allowed = re.compile(
        r"(changeboard\.(clock|refusal|sheet_cells)|(changeboard\.directory|maintenance|changes|notifications)\.domain)\b"
    )
    foreign = [
        f"{tree.name(path)} imports {module}"
        for path in tree.files(*tree.APPS)
        if "domain" in path.parts
        for module in sorted(tree.imports(path))
        if not tree.is_standard(module) and not allowed.match(module)
    ]
    assert foreign == []
