"""Every address and what locks it. Run as a program it prints the doors without a lock."""

import sys
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

OPEN = "open"


def doors(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str | None]]:
    """Each address's name with its permission, "open" for a declared open door, None without a lock."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield f"{space}{pattern.name or pattern.pattern}", lock(pattern, space)


def lock(pattern: URLPattern, space: str) -> str | None:
    """What locks one address: our gate, an API's table of gates, or the admin's own door."""
    view = pattern.callback
    gate = getattr(view, "gate", None)
    if gate is None and hasattr(view, "cls"):
        gate = _api_gate(view.cls)
    return "admin" if gate is None and space == "admin:" else gate


def _api_gate(view: type) -> str | None:
    from changeboard.people.api.permission import Gated

    if Gated not in getattr(view, "permission_classes", ()):
        return getattr(view, "gate", None)
    return "gates" if getattr(view, "gates", None) else None


def ungated() -> list[str]:
    """The names of the addresses that nobody locked."""
    return sorted({name for name, gate in doors(get_resolver().url_patterns) if gate is None})


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write("\n".join(ungated()))
