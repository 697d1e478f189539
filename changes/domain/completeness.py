"""What a change still lacks before it may be submitted: everything at once (PRODUCT.md section 3)."""

from collections.abc import Mapping

from changeboard.refusal import Reason
from changes.domain.sheet import Sheet, figures, is_answered, words

NEEDS_SECONDS = ("degraded", "outage")


def missing(sheet: Sheet, questions: Mapping[str, str]) -> list[Reason]:
    """Every reason why the sheet cannot be submitted, in the order of the form; empty when it can.

    `questions` are the required ones, key → text. Each reason names the field it belongs beside.
    """
    return [
        *_what_and_why(sheet),
        *_services(sheet),
        *_regulated(sheet),
        *_questions(sheet, questions),
        *_plan(sheet),
        *wrong(sheet),
    ]


def wrong(sheet: Sheet) -> list[Reason]:
    """What cannot be true even of a draft."""
    figure = figures(sheet.answers)
    reasons = []
    if (figure.worst_down_seconds or 0) < (figure.planned_down_seconds or 0) and (
        figure.worst_down_seconds is not None
    ):
        reasons.append(Reason("change.worst_is_better_than_plan", {}, "q-worst_down-seconds"))
    if figure.confidence is not None and not 0 <= figure.confidence <= 100:
        reasons.append(Reason("change.confidence_out_of_range", {}, "q-confidence"))
    reasons += [
        Reason("change.step_without_text", {"step": number}, f"step-{number}-text")
        for number, step in enumerate(sheet.steps, start=1)
        if not step.text.strip()
    ]
    return reasons


def _what_and_why(sheet: Sheet) -> list[Reason]:
    present = {
        "title": bool(sheet.title.strip()),
        "why": bool(sheet.why.strip()),
        "systems": bool(sheet.systems),
    }
    return [Reason(f"change.no_{name}", {}, name) for name, there in present.items() if not there]


def _services(sheet: Sheet) -> list[Reason]:
    """A service that stops or suffers says for how long at worst."""
    return [
        Reason("change.service_without_seconds", {}, f"service-{service}-seconds")
        for service, touch in sheet.services.items()
        if touch.impact in NEEDS_SECONDS and not touch.seconds
    ]


def _regulated(sheet: Sheet) -> list[Reason]:
    is_named = sheet.regulated != "yes" or bool(sheet.regulated_which.strip())
    return [] if is_named else [Reason("change.regulated_without_which", {}, "regulated_which")]


def _questions(sheet: Sheet, questions: Mapping[str, str]) -> list[Reason]:
    lacking = [
        Reason("change.unanswered", {"question": text}, f"q-{key}")
        for key, text in questions.items()
        if not is_answered(sheet.answers.get(key))
    ]
    # The test statement is asked for even where an administrator made its question optional.
    if "testing" not in questions and not words(sheet.answers.get("testing")):
        lacking.append(Reason("change.no_test_statement", {}, "q-testing"))
    return lacking


def _plan(sheet: Sheet) -> list[Reason]:
    if not sheet.steps:
        return [Reason("change.no_steps", {}, "steps")]
    lacking = [
        Reason("change.step_without_undo", {"step": number}, f"step-{number}-undo")
        for number, step in enumerate(sheet.steps, start=1)
        if not step.undo.strip()
    ]
    planned = figures(sheet.answers).planned_down_seconds
    down = sum(step.planned_seconds for step in sheet.steps if step.needs_downtime)
    if planned is not None and down > planned:
        lacking.append(
            Reason("change.plan_is_down_for_longer", {"steps": down, "planned": planned}, "q-planned_down")
        )
    return lacking
