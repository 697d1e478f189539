"""What Apprise lets us know. It answers yes or no; why not stands only in its log, which we read and write nowhere.

Yes means that the service took the message over HTTP, no more: that is what "accepted" says here, as for mail.
"""

import re
from urllib.parse import quote, unquote

from apprise import AppriseResult, AppriseResultStatus

from notifications.domain.backoff import Answer, Kind, refused_over_http

# The connection never stood: certainly nothing was taken.
NEVER_LEFT = re.compile(
    r"refused|NewConnectionError|ConnectTimeout|NameResolution|getaddrinfo|No route|SSLError|unreachable",
    re.I,
)
NO_ANSWER = re.compile(r"connection error|Socket Exception|timed out", re.I)
ALOUD = ("WARNING", "ERROR", "CRITICAL")
SHORTEST_SECRET = 5


def answer(result: AppriseResult, service: str, address: str) -> Answer:
    """What Apprise tells of one message, in the ledger's terms."""
    if result.status is AppriseResultStatus.TIMEOUT:
        return Answer(Kind.UNCERTAIN, 0, f"{service}: no answer in time")
    said = [(str(entry.level), str(entry.message)) for entry in result.logs()]
    warnings = [words for level, words in said if level in ALOUD]
    exceptions = [words for _, words in said if words.startswith("Socket Exception")]
    return judged(bool(result), service, warnings, exceptions, address)


def judged(taken: bool, service: str, words: list[str], exceptions: list[str], address: str) -> Answer:
    """The answer by Apprise's words. `address` is what must not be told: its pieces are blotted out."""
    if taken:
        return Answer(Kind.ACCEPTED, 0, f"{service} took it")
    said = blotted(" ".join(words) or "no reason given", address)[:400]
    code = next((int(found) for found in re.findall(r"error=(\d{3})", said)), 0)
    text = f"{service} did not take it: {said}"
    if code:
        return refused_over_http(code, text)
    # Without a word of why, it may have been taken.
    never_left = any(NEVER_LEFT.search(each) for each in exceptions)
    broke = never_left or exceptions or NO_ANSWER.search(said) or not words
    kind = Kind.TEMPORARY if never_left or not broke else Kind.UNCERTAIN
    return Answer(kind, 0, text)


def blotted(words: str, address: str) -> str:
    """The words without any piece of the address that could be a key."""
    rest = address.partition("://")[2]
    pieces = {piece for piece in re.split(r"[/:@?&=#,]+", rest) if len(piece) >= SHORTEST_SECRET}
    pieces |= {unquote(one) for one in pieces} | {quote(one) for one in pieces}
    for piece in sorted(pieces, key=len, reverse=True):
        words = words.replace(piece, "…")
    return words
