"""ARCHITECTURE.md section 7, sizes. At the limit look for the second subject."""

from tests.architecture import tree

# Each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def test_no_file_has_more_than_300_lines() -> None:
    long = {tree.name(path) for path in tree.files(*tree.ALL) if len(path.read_text().splitlines()) > 300}
    assert long == set(LONG_FILES)


def test_no_function_has_more_than_40_lines() -> None:
    long = {one.place for one in tree.functions(*tree.PRODUCT, "tools", "bench") if one.lines > 40}
    assert long == set(LONG_FUNCTIONS)


def test_no_view_has_more_than_12_lines() -> None:
    views = (one for one in tree.functions(*tree.PRODUCT) if _is_view(one))
    assert [f"{one.place} ({one.lines})" for one in views if one.lines > 12] == []


def test_no_task_has_more_than_5_lines() -> None:
    tasks = (one for one in tree.functions(*tree.PRODUCT) if any("shared_task" in d for d in one.decorators))
    assert [f"{one.place} ({one.lines})" for one in tasks if one.lines > 5] == []


def test_no_test_has_more_than_25_lines() -> None:
    tests = (one for one in tree.functions("tests") if one.name.startswith("test_"))
    assert [f"{one.place} ({one.lines})" for one in tests if one.lines > 25] == []


def _is_view(function: tree.Function) -> bool:
    return function.arguments[:1] == ("request",) and (
        "/views/" in function.path or bool(function.decorators)
    )
