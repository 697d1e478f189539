"""docs/life.md draws the very tables that guard the verbs. Run as a program it writes the page anew."""

from pathlib import Path

from changes.domain import lifecycle as changes
from changes.domain import template_life as templates
from maintenance.domain import lifecycle as windows
from notifications.domain import lifecycle as deliveries
from tests.architecture import tree

PAGE = "docs/life.md"
LIVES = {
    "A change": changes.LIFE, "A template": templates.LIFE, "A window": windows.LIFE, "A delivery": deliveries.LIFE,
}  # fmt: skip


def page() -> str:
    """Each life as a diagram, one line a row of its table."""
    parts = ["# Lives\n\nDrawn from the tables in `domain/`; a test holds this page to them."]
    for name, life in LIVES.items():
        lines = [
            f"    {before.value} --> {after.value}: {act.value}" for (before, act), after in life.items()
        ]
        parts.append("\n".join([f"## {name}\n", "```mermaid", "stateDiagram-v2", *lines, "```"]))
    return "\n\n".join(parts) + "\n"


def test_the_page_draws_what_the_tables_say() -> None:
    assert (tree.ROOT / PAGE).read_text() == page()


if __name__ == "__main__":
    Path(PAGE).write_text(page())
