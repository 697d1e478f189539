"""A header's lines as `email.policy.compat32` folds them, quickly: most of a mail's building time is folding."""

from email.policy import compat32

WIDTH = 78

_slow = compat32.clone(linesep="\n")


def line(name: str, value: str) -> str:
    """`Name: value` with its line ends (LF), folded at 78. Refuses a value that would be another header."""
    if "\n" in value or "\r" in value:
        raise ValueError(f"a line end in {name}")
    if value.isascii():
        if len(name) + 2 + len(value) <= WIDTH:
            return f"{name}: {value}\n"
        words = value.split(" ")
        # Elsewhere the library prefers to fold behind a comma or semicolon, or has blanks to keep.
        if all(word and word[-1] not in ",;" for word in words) and value.isprintable():
            return _folded(name, words)
    return _slow.fold(name, value)


def _folded(name: str, words: list[str]) -> str:
    """As many words a line as fit; a first word that is too long leaves the name on a line by itself."""
    lines, present = [], f"{name}: {words[0]}"
    if len(present) > WIDTH:
        lines, present = [f"{name}: "], f" {words[0]}"
    for word in words[1:]:
        if len(present) + 1 + len(word) > WIDTH:
            lines.append(present)
            present = f" {word}"
        else:
            present = f"{present} {word}"
    return "\n".join([*lines, present, ""])
