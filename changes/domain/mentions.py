"""Who is mentioned in a text: `@username`, as people write it. Code and addresses of mail mention nobody."""

import re

CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[ \t]*$|\Z)|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)
MENTION = re.compile(r"(?<![\w./@-])@(\w[\w.+-]*)", re.ASCII)


def mentioned(*texts: str) -> list[str]:
    """The user names, in small letters, each once, in the order in which they come."""
    found = [name.rstrip(".+-").lower() for text in texts for name in MENTION.findall(CODE.sub(" ", text))]
    return list(dict.fromkeys(found))
