"""Settings: what settings.py reads from the environment is what README.md's table tells, no more, no less."""

import ast
import re

from tests.architecture import tree


def read_by_settings() -> set[str]:
    """The first argument of each `env.…("NAME")` and `needed("NAME", …)`."""
    found: set[str] = set()
    for node in ast.walk(tree.parsed(tree.ROOT / "changeboard" / "settings.py")):
        if (
            isinstance(node, ast.Call)
            and re.match(r"env\.\w+$|needed$", ast.unparse(node.func))
            and node.args
        ):
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
    return found


def told_by_the_readme() -> set[str]:
    """The first column of the table under "Settings"."""
    text = (tree.ROOT / "README.md").read_text()
    table = text[text.index("### Settings") :].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_the_readme_tells_every_setting_and_no_other() -> None:
    assert told_by_the_readme() == read_by_settings()


def test_the_example_has_every_setting_but_those_of_development() -> None:
    text = (tree.ROOT / ".env.example").read_text()
    given = set(re.findall(r"^(\w+)=", text, re.MULTILINE))
    assert given - {"POSTGRES_PASSWORD"} == read_by_settings() - {"DEBUG", "DEMO"}
