"""The words of the search for slots and of volumes."""

TREATMENTS = {
    "rank_down": "comes last in the list",
    "leave_out": "is left out",
    "ignore": "does not matter",
}

REASONS = {
    "slot.hits": "Hits {orders} orders: {hourly} an hour, {percent} % of the week’s busiest hour.",
    "slot.by_own_and_share": "{of} clients: {own} by their own figures, {share} by their share of the platform’s",
    "slot.by_own_only": "{own} of {of} clients by their own figures; of the others nothing is known",
    "slot.hits_nothing": "Hits no orders at all.",
    "slot.nobodys_bad_day": "No client’s bad day.",
    "slot.on_no_go": "A no-go date of {clients}.",
    "slot.under_lead": "Less lead than the contract asks: {clients}.",
    "slot.hit_twice": "Hit twice within a week: {clients}.",
    "slot.holiday": "{holiday}: as busy as a weekend.",
    "slot.short_notice": "Short notice: sooner than six months ahead.",
    "slot.planned_ahead": "Six months ahead: no short notice.",
    "slot.same_week_after": "{days} after {window}.",
    "slot.same_week_before": "{days} before {window}.",
    "slot.others": "{count} other starts are free that day.",
    "slot.one_other": "One other start is free that day.",
    "slot.room": "{planned} of {budget} min as planned with this on board, {likely} at likely worst.",
    "slot.over_budget": "Over budget by {over_by} min with this on board.",
    "slot.window_too_short": "The window is shorter than this takes.",
    "slot.weekend": "A weekend.",
    "slot.no_room_in_the_hours": "The allowed hours are shorter than the window.",
    "slot.over": "The day is over.",
    "slot.no_go": "A no-go date of clients: {clients}.",
    "slot.lead": "Less lead than contracts ask, of clients: {clients}.",
    "slot.twice": "Clients hit twice in a week: {clients}.",
    "volume.file_is_empty": "The file is empty.",
    "volume.columns_missing": "The heading lacks: {columns}. It needs weekday, hour and orders.",
    "volume.too_many_lines": "A file has at most {most} lines.",
    "volume.hour_twice": "This hour stands on line {first} already.",
    "volume.hours_missing": "{of}: {count} of 168 hours are missing, the first is {first}.",
    "volume.no_weekday": "“{typed}” is no weekday. Write Mon to Sun, or 1 (Monday) to 7.",
    "volume.no_hour": "“{typed}” is no hour. Write 0 to 23.",
    "volume.no_number": "“{typed}” is no number of orders.",
    "volume.more_urgent_than_all": "{urgent} urgent among {orders} orders cannot be.",
    "volume.no_such_system": "There is no system “{typed}”.",
    "volume.no_such_client": "There is no client “{typed}”.",
    "volume.too_large": "A file has at most 10 MB.",
}

# How many days something stood against, by code; the day's own sentence says more.
AGAINST = {
    "slot.weekend": "a weekend",
    "slot.over": "over already",
    "slot.no_room_in_the_hours": "the allowed hours are shorter than the window",
    "slot.no_go": "a client’s no-go date",
    "slot.lead": "less lead than a contract asks",
    "slot.twice": "a client hit twice in a week",
    "window.day_taken": "taken by",
    "window.overlaps": "taken by the same system’s",
    "window.in_freeze": "frozen:",
}

SENTENCES = {
    "volume.loaded": "Volumes loaded: {tables} tables from {name}",
    "volume.removed": "Volume removed: {volume}",
}
