"""What a client does while a system is down, from its parts to the paragraph of a notice. Pure."""

# In the order of haste (FIELD.md: which number, telephone or fax orders, where STAT studies go).
SENTENCES = (
    ("stat", "STAT studies: {}"),
    ("phone", "For urgent questions, call {}"),
    ("orders", "Orders by telephone or fax: {}"),
    ("paper", "Paper forms: {}"),
    ("more", "{}"),
)


def paragraph(**parts: str) -> str:
    """One paragraph of whole sentences; parts that are empty are left out, all empty: nothing."""
    said = [words.format(parts[name].strip()) for name, words in SENTENCES if parts.get(name, "").strip()]
    return " ".join([*(ended(each) for each in said[:-1]), *said[-1:]])


def ended(sentence: str) -> str:
    """With a full stop, so that another sentence may follow."""
    return sentence if sentence.endswith((".", "!", "?", ":")) else f"{sentence}."
