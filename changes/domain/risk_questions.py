"""What an administrator may do to a risk question, and what holds it as it is (PRODUCT.md section 4). Pure."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from changeboard.refusal import Reason
from changes.domain.risk import AFFECTED, OTHER_CHOICES, Part, Rules

# What the product itself reads by key: figures, the test statement, and the three whose reasons have words of
# their own. Their wording is free; without them nothing could be scored or submitted.
OWN = frozenset(
    {"planned_down", "worst_down", "confidence", "undo", "testing", "telephones", "vpn", "images"}
)
# Names that rules of risk and their history use for something else.
TAKEN = frozenset({AFFECTED, OTHER_CHOICES, "levels"})
LONGEST_KEY = 40
CHOICE = "choice"
FEWEST_CHOICES, MOST_CHOICES = 2, 12


@dataclass(frozen=True)
class Asking:
    """How a question is asked. Choices are pairs of code and words, the least harm first."""

    text: str = ""
    help: str = ""
    type: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.choices]

    @property
    def trimmed(self) -> "Asking":
        """Without blanks around its words; choices only where there is something to choose."""
        text, hint = " ".join(self.text.split()), " ".join(self.help.split())
        return replace(self, text=text, help=hint, choices=self.choices if self.type == CHOICE else ())


@dataclass(frozen=True)
class Ties:
    """What leans on a question: changes that answered it, versions of the rules that name it, and the codes
    of its choices that either of them holds."""

    key: str
    answered: int = 0
    versions: Sequence[int] = ()
    codes: Collection[str] = ()
    in_force: Rules | None = field(default=None, repr=False)
    judged_by: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether the product itself reads it."""
        return self.key in OWN

    @property
    def is_fixed(self) -> bool:
        """Whether its type stays as it is."""
        return bool(self.is_own or self.answered or self.versions)


def key_of(text: str, taken: Collection[str]) -> str:
    """A key that no other question has, from the first words of its text: letters, digits and underscores."""
    stem = code_of(text)[:30].rstrip("_") or "question"
    tried, number = stem, 1
    while tried in TAKEN or tried in taken:
        number += 1
        tried = f"{stem}_{number}"
    return tried


def code_of(words: str) -> str:
    """Words as a code: "Only if it goes wrong" → "only_if_it_goes_wrong". "" where no letter is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_KEY].rstrip("_")


def faults(asking: Asking) -> list[Reason]:
    """Every reason why it cannot be asked like this; each names its field."""
    found = [] if asking.text.strip() else [Reason("risk_question.no_text", {}, "text")]
    if asking.type != CHOICE:
        return found
    said = [words.lower() for _, words in asking.choices]
    if not FEWEST_CHOICES <= len(said) <= MOST_CHOICES:
        most = {"fewest": FEWEST_CHOICES, "most": MOST_CHOICES}
        found.append(Reason("risk_question.number_of_choices", most, "choices"))
    for what, each in (("code", asking.codes), ("words", said)):
        twice = sorted({one for one in each if each.count(one) > 1})
        found += [Reason(f"risk_question.{what}_twice", {"choice": one}, "choices") for one in twice]
    return found


def edit_faults(was: Asking, now: Asking, ties: Ties) -> list[Reason]:
    """Every reason why a question that is tied cannot be edited to this; each names its field."""
    found = []
    if now.type != was.type and ties.is_fixed:
        found.append(Reason(f"risk_question.type_{_held(ties)}", {"answered": ties.answered}, "type"))
    if ties.is_own and not now.required:
        found.append(Reason("risk_question.own_is_required", {}, "required"))
    if was.type == now.type == CHOICE:
        held = [code for code in was.codes if code in ties.codes]
        if gone := [code for code in held if code not in now.codes]:
            found.append(Reason("risk_question.choice_held", {"choices": gone}, "choices"))
        elif held != [code for code in now.codes if code in held]:
            found.append(Reason("risk_question.order_held", {"choices": held}, "choices"))
    return found


def out_faults(ties: Ties) -> list[Reason]:
    """Why it cannot be taken out of use: the product reads it, or the rules in force judge it."""
    if ties.is_own:
        return [Reason("risk_question.own")]
    if ties.judged_by is not None:
        return [Reason("risk_question.judged", {"version": ties.judged_by})]
    return []


def unjust(key: str, asking: Asking, rules: Rules | None) -> list[Reason]:
    """Why these choices cannot stand in this order: the rules would give fewer points for what is worse.

    A choice without points of its own gives none.
    """
    if rules is None or asking.type != CHOICE:
        return []
    part = part_of(key, rules) or part_of(OTHER_CHOICES, rules)
    points = [part.choices.get(code, 0) for code in asking.codes] if part else []
    if points == sorted(points):
        return []
    return [Reason("risk_question.less_for_worse", {"points": _counted(asking.codes, points)}, "choices")]


def part_of(key: str, rules: Rules) -> Part | None:
    """How the rules judge the question; None where they do not name it."""
    return next((part for rule in rules.rules for part in rule.parts if part.question == key), None)


def differences(was: Asking, now: Asking) -> dict[str, tuple[object, object]]:
    """Field by field, from and to."""
    pairs = {each.name: (getattr(was, each.name), getattr(now, each.name)) for each in fields(Asking)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def moved(order: Sequence[str], key: str, place: int) -> list[str]:
    """The keys with one of them at a place from 1 on; beyond the ends it is first or last."""
    others = [each for each in order if each != key]
    at = max(0, min(place - 1, len(others)))
    return [*others[:at], key, *others[at:]]


def _held(ties: Ties) -> str:
    if ties.is_own:
        return "own"
    return "answered" if ties.answered else "judged"


def _counted(codes: Sequence[str], points: Sequence[int]) -> list[str]:
    worth: Mapping[str, int] = dict(zip(codes, points, strict=True))
    return [f"{code} = {given}" for code, given in worth.items()]
