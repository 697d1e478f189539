"""The zones that a select offers: those of the United States by their names first, then all others."""

from functools import lru_cache
from zoneinfo import available_timezones

from changeboard.time_words import PLACES, place

Choices = list[tuple[str, str | list[tuple[str, str]]]]


@lru_cache(maxsize=1)
def all_zones() -> Choices:
    """Every zone of the IANA database, grouped."""
    others = sorted(
        name for name in available_timezones() if (name not in PLACES and "/" in name) or name == "UTC"
    )
    return [
        ("United States", list(PLACES.items())),
        ("Others", [(name, place(name)) for name in others if not name.startswith("Etc/")]),
    ]
