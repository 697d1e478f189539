"""act → sentence, for timelines. Each app registers its acts when it is ready; `{fact}` marks are filled."""

from collections.abc import Mapping

from changeboard.history.models import Event

_sentences: dict[str, str] = {}


def register(sentences: Mapping[str, str]) -> None:
    """Add sentences by act, like {"change.approved": "Approved by the board"}."""
    _sentences.update(sentences)


def sentence(event: Event) -> str:
    """What happened, in words. An act without a sentence is shown by its name, never hidden."""
    return _sentences.get(event.act, event.act.replace(".", ": ").replace("_", " ")).format_map(
        _Facts(event.facts)
    )


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return ""
