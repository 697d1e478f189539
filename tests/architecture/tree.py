"""The source as the architecture's tests see it: files, functions, imports, calls. Reads, never imports."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "changeboard/history",
    "changeboard/people",
    "changeboard/directory",
    "maintenance",
    "changes",
    "notifications",
)
PRODUCT = ("changeboard", "maintenance", "changes", "notifications")
ALL = (*PRODUCT, "tools", "tests", "bench", ".ci")


@dataclass(frozen=True)
class Function:
    """One function: where it stands and how many lines its body has, without signature and docstring."""

    path: str
    name: str
    lines: int
    arguments: tuple[str, ...]
    decorators: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.path}::{self.name}"


def files(*folders: str) -> list[Path]:
    """The Python files under `folders`, written by hand: migrations are the machine's."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def name(path: Path) -> str:
    """A file's path from the root of the checkout."""
    return path.relative_to(ROOT).as_posix()


@lru_cache(maxsize=1000)
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(*folders: str) -> Iterator[Function]:
    """Every function and method under `folders`."""
    for path in files(*folders):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(
                    name(path),
                    node.name,
                    _body_lines(node),
                    tuple(one.arg for one in (*node.args.posonlyargs, *node.args.args)),
                    tuple(ast.unparse(one) for one in node.decorator_list),
                )


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def imports(path: Path) -> set[str]:
    """The modules that a file imports, in full."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found


def calls(path: Path) -> set[str]:
    """What a file calls, as written."""
    return {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}


def is_standard(module: str) -> bool:
    """Whether a module comes with Python."""
    return module.split(".")[0] in sys.stdlib_module_names
