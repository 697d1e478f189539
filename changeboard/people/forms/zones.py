"""The zones that a select offers: those of the United States by their names first, then all others."""

from functools import lru_cache
from zoneinfo import available_timezones

UNITED_STATES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Mountain without daylight saving (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}

Choices = list[tuple[str, str | list[tuple[str, str]]]]


@lru_cache(maxsize=1)
def all_zones() -> Choices:
    """Every zone of the IANA database, grouped."""
    others = sorted(
        name for name in available_timezones() if (name not in UNITED_STATES and "/" in name) or name == "UTC"
    )
    return [
        ("United States", list(UNITED_STATES.items())),
        ("Others", [(name, name.replace("_", " ")) for name in others if not name.startswith("Etc/")]),
    ]
