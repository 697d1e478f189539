"""`python -m tools run|test|lint|lock|bench|clean`."""

import importlib
import sys

NAMES = ("run", "test", "lint", "lock", "bench", "clean")


def main() -> "int | str":
    """Run one tool; its return value is the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036
        return "changeboard needs Python 3.11 or later; this is " + sys.version.split()[0]
    if len(sys.argv) != 2 or sys.argv[1] not in NAMES:
        return "say one of: " + ", ".join(NAMES)
    from tools import life

    return life.lead(importlib.import_module("tools." + sys.argv[1]).main)


if __name__ == "__main__":
    sys.exit(main())
