"""Risk questions: one that was asked for a while and is out of use since."""

from datetime import datetime, timedelta

from changeboard.demo.stories.people import person
from changes.actions import risk_questions
from changes.domain.risk_questions import Asking
from changes.models import RiskQuestion

ASKED = Asking(
    text="How many people are on site?",
    help="In the computer room, at the start.",
    type="number",
    required=False,
)


def tell(*, now: datetime) -> int:
    """Added half a year ago, taken out of use three months later: the answer never mattered."""
    if RiskQuestion.objects.filter(text=ASKED.text).exists():
        return 0
    admin, at = person("admin"), now - timedelta(days=180)
    row = risk_questions.add(ASKED, by=admin, at=at)
    risk_questions.take_out(row, by=admin, at=at + timedelta(days=90))
    return 1
