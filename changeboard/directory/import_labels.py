"""Why a file, or a line of it, cannot be imported: what is wrong, and what would be accepted."""

REASONS = {
    "import.empty": "This file is empty.",
    "import.no_lines": "This file has a heading and no line below it.",
    "import.too_large": "This file is larger than {most} MB, the most that is read. Split it.",
    "import.too_many_lines": "This file has {lines} lines; {most} is the most. Split it.",
    "import.other_kind": "This is {kind}, not a CSV file. Open it where it was made and save it as CSV.",
    "import.no_text": "This is no text file. Save it as CSV, in UTF-8 if you are asked.",
    "import.column_missing": (
        "No column is headed “{column}”. The first line must name the columns; it reads: {headings}"
    ),
    "import.column_twice": "Two columns are headed “{column}”. Keep one.",
    "import.broken_quotes": (
        "In line {line} a quotation mark opens or closes where it must not, so nothing after it can be read. "
        "Inside a cell a quotation mark is written twice."
    ),
    "import.cell_too_long": "A cell in line {line} is longer than any text of ours. Perhaps a quotation mark "
    "before it is never closed.",
    "import.too_many_cells": "It has {cells} cells under {columns} headings: a separator too many.",
    "import.client_missing": "Say whose line this is.",
    "import.contact_missing": "Name the contact.",
    "import.formula": "“{value}” begins like a formula. To have it taken as text, put an apostrophe before it.",
    "import.too_long": "{length} characters; {most} is the most.",
    "import.no_slug": "“{value}” is no reference: small letters, digits, hyphens. A new client needs none.",
    "import.unknown_zone": "“{value}” is no time zone. A name like America/Chicago is one.",
    "import.unknown_zone_meant": "“{value}” is no time zone. Is {meant} meant?",
    "import.unknown_system": "There is no system “{value}”.",
    "import.unknown_system_meant": "There is no system “{value}”. Is {meant} meant?",
    "import.unknown_service": "There is no service “{value}”.",
    "import.unknown_service_meant": "There is no service “{value}”. Is “{meant}” meant?",
    "import.unknown_word": "“{value}” is none of the words for this.",
    "import.unknown_word_meant": "“{value}” is none of the words for this. Is “{meant}” meant?",
    "import.no_days": "“{value}” is no number of days from 1 to {most}.",
    "import.no_url": "“{value}” is no address that starts with https://.",
    "import.no_yes_or_no": "“{value}” is neither yes nor no.",
    "import.contradicts": "Line {line} says something else of the same client.",
    "import.name_taken": (
        "Another client has this name; its reference is {reference}. Take that reference, or another name."
    ),
    "import.name_twice": "Another client of this file has this name.",
    "import.slug_twice": "Another client of this file has this reference.",
    "import.client_retired": (
        "{name} is no longer a client. A file takes nobody up again: do that on the client’s page first."
    ),
    "import.client_twice": "Line {line} is about the same client, and this one names no contact.",
    "import.contact_twice": "Line {line} names the same contact. Nobody is told a thing twice.",
    "import.contact_retired": (
        "{name} is told nothing more. A file takes nobody up again: do that on the contact’s page first."
    ),
    "import.applied_before": "This file was imported before. Upload it again to see what it would do now.",
    "import.nothing_to_do": "Nothing in this file is new or changed.",
    "import.bad_lines": "{lines} lines are bad. Say that the others are imported without them, or mend them first.",
    "import.changed_meanwhile": (
        "Nothing was imported: since you looked, this changed: {clients}. What would be written now stands below."
    ),
}
