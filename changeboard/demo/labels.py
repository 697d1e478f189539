"""The words that a person reads for the codes of the demonstration."""

REFUSALS = {
    "clock.only_forward": "The clock goes forward only. Choose a later time.",
    "clock.too_far": "That is {days} days on. Move it by at most {most} days at once.",
    "clock.no_instant": "Type a day and a time, like 2026-12-15 11:00.",
    "clock.no_next_notice": "No notice is planned. Move the clock by a day.",
    "clock.is_moving": "The clock is being moved already. Wait until it has arrived.",
}
