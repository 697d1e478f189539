"""What the board's work came to in a period, on the page and as CSV."""

import csv
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from changeboard import clock
from changeboard.people.gate import Visit, may
from changes.board_statistics_labels import COLUMNS, PERIODS
from changes.queries.board_statistics import Line, Statistics
from changes.queries.board_statistics import statistics as statistics_of


@may("changes.read")
def statistics(request: Visit) -> HttpResponse:
    asked, now = request.GET.get("period", ""), clock.now()
    period = asked if asked in PERIODS else "12"
    seen = statistics_of(now - timedelta(days=PERIODS[period][1]), now)
    if request.GET.get("format") == "csv":
        return as_csv(seen)
    return render(
        request, "changes/statistics_detail.html", {"seen": seen, "period": period, "periods": PERIODS}
    )


def as_csv(seen: Statistics) -> HttpResponse:
    """One line a change that was decided on: what the page sums up."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="board-statistics.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(COLUMNS)
    sheet.writerows(cells(line) for line in seen.lines)
    return answer


def cells(line: Line) -> list[object]:
    """One change, column by column, as `COLUMNS` names them. Instants in UTC."""
    case = line.case
    submitted, settled = case.submitted_at, case.settled_at
    return [
        line.change.reference,
        f"{submitted:%Y-%m-%dT%H:%M:%SZ}" if submitted else "",
        f"{settled:%Y-%m-%dT%H:%M:%SZ}" if settled else "",
        case.rulings[-1].outcome,
        "" if case.took is None else int(case.took.total_seconds()),
        case.deferrals,
        int(case.waited_deferred.total_seconds()),
        case.worst_removed_seconds,
        case.undo_steps_added,
        case.conditions,
        case.wrong_at_first,
        int(case.waited_for_answers.total_seconds()),
        "yes" if case.is_regretted else "no",
    ]
