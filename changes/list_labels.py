"""The words of the list of changes: its views, filters, orders and columns."""

from changes import labels
from changes.models import Kind, RiskLevel

VIEWS: dict[str, str] = {
    "open": "Open",
    "mine": "Mine",
    "next_board": "Next board",
    "short_notice": "Short notice",
    "closed": "Closed",
    "all": "All",
}

# What is filtered, by its name in the address.
FACETS: dict[str, str] = {
    "state": "State",
    "system": "System",
    "kind": "Kind",
    "risk": "Risk",
    "short": "Notice",
    "lies": "Untouched",
    "window": "Window",
    "requester": "Requester",
    "group": "Group of the requester",
    "ref": "Change",
}

# Those whose values are no rows of the database.
FIXED: dict[str, list[tuple[str, str]]] = {
    "state": [(str(state), word) for state, word in labels.STATES.items()],
    "kind": [(str(value), str(word)) for value, word in Kind.choices],
    "risk": [(str(value), str(word)) for value, word in RiskLevel.choices],
    "short": [("yes", "Short notice"), ("no", "In good time")],
    "lies": [("yes", "Lies untouched")],
}

SORTS: dict[str, str] = {
    "best": "Best match first",
    "-number": "Newest first",
    "number": "Oldest first",
    "title": "Title, A to Z",
    "-title": "Title, Z to A",
    "window": "Window, soonest first",
    "-window": "Window, latest first",
    "-risk": "Risk, highest first",
    "risk": "Risk, lowest first",
    "-down": "Down at worst, longest first",
    "down": "Down at worst, shortest first",
    "state": "State, draft to closed",
    "-state": "State, closed to draft",
    "requester": "Requester, A to Z",
    "-requester": "Requester, Z to A",
}

COLUMNS = [
    "Reference", "Title", "Systems", "Kind", "State", "Short notice", "Window", "Window start (UTC)", "Risk", "Score",
    "Down planned (s)", "Down at worst (s)", "Requester", "Group",
    "Regulated function", "Queues to drain",
]  # fmt: skip

# What was done to the ticked, and what was not.
DONE: dict[str, str] = {"watch": "Watching", "unwatch": "Not watching any more", "withdraw": "Withdrawn"}
NOT_DONE: dict[str, str] = {"watch": "not watched", "unwatch": "still watched", "withdraw": "not withdrawn"}

REFUSALS: dict[str, str] = {
    "ticked.not_yours": "It is not yours.",
    "ticked.no_draft": "It is no draft, it is “{state}”.",
    "view.no_name": "Give the view a name.",
    "view.name_taken": "You have a view “{name}” already. Choose another name, or remove that one first.",
    "view.shared_name_taken": "{owner} shares a view “{name}” already. Choose another name.",
    "view.too_many": "You have {most} views already. Remove one first.",
}

HISTORY: dict[str, str] = {
    "change.watched": "Watches it from now on",
    "change.unwatched": "Watches it no more",
    "view.saved": "View “{name}” saved",
    "view.renamed": "View “{was}” is “{name}” now",
    "view.removed": "View “{name}” removed",
}
