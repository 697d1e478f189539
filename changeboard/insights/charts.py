"""Places of marks on the two drawings, in the units of their view boxes. Pure; no database."""

from collections.abc import Iterable
from dataclasses import dataclass

from changeboard.insights.emergencies import Month
from changeboard.insights.figures import Downtime, Outcome

# The downtime chart: bars stand on y = BASE; the lowest scale reaches the top of the tallest bar.
BASE, HEIGHT, LEFT, STEP, BAR = 228.0, 200.0, 54.0, 76.0, 40.0

# The chart of emergencies: columns stand on y = FLOOR.
FLOOR, COLUMN = 150.0, 22.0


@dataclass(frozen=True)
class Bar:
    """One bar of the downtime chart, with the line of what was planned and the words under it."""

    of: Downtime
    x: float
    y: float
    height: float
    middle: float
    text_y: float
    plan_y: float
    plan_x1: float
    plan_x2: float


@dataclass(frozen=True)
class Line:
    """A horizontal line of the scale, labelled in minutes."""

    minutes: int
    y: float


@dataclass(frozen=True)
class Column:
    """One month of the chart of emergencies, with its words above and below."""

    of: Month
    x: float
    y: float
    height: float
    middle: float
    text_y: float


@dataclass(frozen=True)
class Dot:
    """One band of the confidence chart."""

    of: Outcome
    x: float
    y: float
    radius: float


def top_seconds(rows: Iterable[Downtime]) -> int:
    """The length that the chart's full height stands for: a little more than the longest bar or budget."""
    return max((max(row.actual or 0, row.planned, row.budget) for row in rows), default=900) * 10 // 9 or 1


def bars(rows: list[Downtime]) -> list[Bar]:
    """A bar for each window, oldest at the left."""
    scale = HEIGHT / top_seconds(rows)
    return [_bar(row, LEFT + STEP * place, scale) for place, row in enumerate(rows)]


def _bar(row: Downtime, x: float, scale: float) -> Bar:
    height = round((row.actual or 0) * scale, 1)
    y, plan = round(BASE - height, 1), round(BASE - row.planned * scale, 1)
    return Bar(row, x, y, height, x + BAR / 2, min(y + 17, BASE - 4), plan, x - 6, x + BAR + 6)


def scale_lines(rows: list[Downtime]) -> list[Line]:
    """Lines every five minutes from nought."""
    top = top_seconds(rows)
    return [Line(at // 60, round(BASE - at * HEIGHT / top, 1)) for at in range(0, top, 300)]


def limit_y(rows: list[Downtime]) -> float:
    """Where the line of the budget lies, by the newest window's budget."""
    return round(BASE - (rows[-1].budget if rows else 0) * HEIGHT / top_seconds(rows), 1)


def columns(months: list[Month]) -> list[Column]:
    """A column for each month, as high as its share of emergencies; ten per cent is never drawn as the top."""
    top = max([10.0, *(month.share for month in months)])
    step = 420 / max(1, len(months))
    return [_column(month, 36 + step * place, step, 120 / top) for place, month in enumerate(months)]


def _column(month: Month, left: float, step: float, scale: float) -> Column:
    height = round(month.share * scale, 1)
    middle = round(left + step / 2, 1)
    y = round(FLOOR - height, 1)
    return Column(month, round(middle - COLUMN / 2, 1), y, height, middle, round(y - 6, 1))


def dots(outcomes: list[Outcome]) -> list[Dot]:
    """Stated confidence across, share that went as planned up; both from 50 to 100 per cent."""
    return [
        Dot(each, _across(float(each.label)), _up(each.share), round(4 + min(each.total, 60) ** 0.5 * 1.8, 1))
        for each in outcomes
    ]


def _across(per_cent: float) -> float:
    return round(48 + (max(per_cent, 50) - 50) * 8, 1)


def _up(per_cent: float) -> float:
    return round(282 - (max(per_cent, 50) - 50) * 5.2, 1)


def share(part: int, whole: int) -> str:
    """A bar's width as SVG takes it, at most all of it."""
    return f"{min(100.0, 100 * part / whole if whole else 0.0):.1f}%"
