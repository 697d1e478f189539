"""The words of the risk questions: refusals, history, and edits from and to."""

from collections.abc import Mapping

from changes.models import AnswerType

REFUSALS: dict[str, str] = {
    "risk_question.no_text": "Say what is asked.",
    "risk_question.there_already": "This is asked already: “{text}”.",
    "risk_question.there_out_of_use": "“{text}” is there already, out of use. Put it back instead.",
    "risk_question.number_of_choices": "{fewest} to {most} choices are needed, a line each.",
    "risk_question.code_twice": "Two choices have the code “{choice}”. Write “code = words” with another.",
    "risk_question.words_twice": "Two choices say “{choice}”.",
    "risk_question.type_own": "The product itself reads the answer: its type stays. Words and hint are yours.",
    "risk_question.type_answered": "{answered} changes have answered it: its type stays. Add another question.",
    "risk_question.type_judged": "A rule set gives points for it: its type stays. Add another question.",
    "risk_question.own_is_required": "Nothing can be scored or submitted without it: it is always required.",
    "risk_question.choice_held": "Changes have chosen this, or a rule set gives points for it: {choices}. "
    "Keep its code; the words after “=” are yours.",
    "risk_question.order_held": "Keep these in their order, the least harm first: {choices}.",
    "risk_question.less_for_worse": "By the rules in force what is worse would give fewer points: {points}.",
    "risk_question.own": "The product itself reads the answer: it stays in use. Words and hint are yours.",
    "risk_question.judged": "Rule set {version} is in force and gives points for it. Put one in force that does not.",
    "risk_question.edited_meanwhile": "Somebody else saved this question meanwhile. What it is now stands under "
    "History; open it again to edit it.",
}

HISTORY: dict[str, str] = {
    "risk_question.added": "Added",
    "risk_question.edited": "Edited",
    "risk_question.moved": "Moved from place {place} to {to}",
    "risk_question.taken_out": "Taken out of use",
    "risk_question.put_back": "Put back into use",
}

FIELDS: dict[str, str] = {
    "text": "Question",
    "help": "Hint",
    "type": "Type",
    "choices": "Choices",
    "required": "Required",
}


def in_words(edits: Mapping[str, tuple[object, object]]) -> dict[str, list[str]]:
    """Edits as the history keeps and shows them: {"Type": ["Text", "A number"]}."""
    return {FIELDS[name]: [_shown(name, value) for value in pair] for name, pair in edits.items()}


def _shown(name: str, value: object) -> str:
    if name == "type":
        return str(AnswerType(str(value)).label)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(f"{code} = {words}" for code, words in value)
    return str(value)
