"""Time zones as people type them: a name of the IANA database, or the city in it."""

from functools import lru_cache
from zoneinfo import available_timezones

MOST = 12


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every zone that is a place, and UTC."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return ("UTC", *sorted(places))


def like(words: str) -> list[str]:
    """Zones whose name holds the words, those whose city begins with them first; at most MOST."""
    wanted = _plain(words)
    found = [name for name in names() if wanted in _plain(name)]
    return sorted(found, key=lambda name: (not _city(name).startswith(wanted), name))[:MOST]


def find(words: str) -> str:
    """The zone that is meant: its name, its city, or the only one that holds the words. Empty: none is."""
    wanted = _plain(words)
    if not wanted:
        return ""
    for known in (_plain, _city):
        exact = [name for name in names() if known(name) == wanted]
        if len(exact) == 1:
            return exact[0]
    found = like(words)
    return found[0] if len(found) == 1 else ""


def _plain(words: str) -> str:
    return words.strip().replace(" ", "_").casefold()


def _city(name: str) -> str:
    return _plain(name).rpartition("/")[2]
