"""What may stand in a client paragraph for each reader's own: a closed list, filled in without any template.

Whoever words a paragraph for hundreds of clients writes {{client}} or {{start}} once; each reads their own name
and clock. Anything else in double braces is refused where it is typed.
"""

import re
from collections.abc import Mapping

# In the order in which they are named to whoever words a paragraph.
NAMES = ("client", "date", "start", "end", "length", "system", "window")
_PLACE = re.compile(r"\{\{\s*(\w*)\s*\}\}")
_BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}", re.DOTALL)


def unknown(text: str) -> list[str]:
    """What stands in double braces and is none of NAMES, as it was typed, each once; a brace left open too."""
    found = (each.group() for each in _BRACES.finditer(text))
    return list(dict.fromkeys(each for each in found if not _is_known(each)))


def _is_known(typed: str) -> bool:
    place = _PLACE.fullmatch(typed)
    return place is not None and place.group(1) in NAMES


def filled(text: str, values: Mapping[str, str]) -> str:
    """With a value for each of NAMES; what a value says is never looked at again."""
    return _PLACE.sub(lambda place: values.get(place.group(1), place.group()), text)


def facts(unknown: list[str]) -> dict[str, str]:
    """What a refusal says: which are none, and which there are."""
    return {"unknown": ", ".join(unknown), "legal": listed()}


def listed() -> str:
    """{{client}}, {{date}} … as a person reads them."""
    return ", ".join(f"{{{{{name}}}}}" for name in NAMES)
