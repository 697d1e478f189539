"""Fields of the meeting page: one to ask the next question, one to answer it, one to put a point aside."""

from typing import Any

from django import forms

from changes import board_labels
from changes.forms.board import EvidenceForm, TextForm
from changes.forms.saying import SaidForm
from changes.models import Condition, ParkedPoint, Question
from changes.queries.meeting import MeetingPicture


class AskForm(SaidForm):
    """`item` is where it is asked: a name of its own, or htmx goes on in the field of the next item."""

    def __init__(self, data: Any = None, *, item: int) -> None:
        super().__init__(
            data, label="Ask the next question", empty="question.empty", auto_id=f"ask_{item}_%s"
        )


class AnswerForm(SaidForm):
    """`question` is what it answers; a page shows one for each open question."""

    def __init__(self, data: Any = None, *, question: Question) -> None:
        super().__init__(
            data, label="Answer", empty="question.empty_answer", auto_id=f"answer_{question.pk}_%s"
        )
        self.question = question


class ParkForm(forms.Form):
    text = forms.CharField(
        label="Put a point aside",
        max_length=300,
        error_messages={"required": board_labels.REFUSALS["parked.empty"]},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="park_%s")


class SettleForm(forms.Form):
    outcome = forms.CharField(
        label="What became of it", max_length=300,
        error_messages={"required": board_labels.REFUSALS["parked.no_outcome"]},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, point: ParkedPoint) -> None:
        super().__init__(data, auto_id=f"settle_{point.pk}_%s")
        self.point = point


class MeetForm(EvidenceForm):
    """`condition` is what it records as met; a page shows one for each that is open."""

    def __init__(self, data: Any = None, *, condition: Condition) -> None:
        super().__init__(data, auto_id=f"meet_{condition.pk}_%s")
        self.condition = condition


def talk_forms(seen: MeetingPicture) -> dict[str, forms.Form]:
    """The empty fields of the page as it opens."""
    item = seen.current.item.pk if seen.current else 0
    return {
        "note_form": TextForm(auto_id=f"note_{item}_%s"),
        "ask_form": AskForm(item=item),
        "park_form": ParkForm(),
    }
