"""A length as a reader from outside reads it."""


def length(seconds: int) -> str:
    """15 minutes, 1 minute, 30 seconds; what is not whole minutes is rounded up above two minutes."""
    if seconds < 120 and seconds != 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
