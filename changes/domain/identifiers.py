"""A scan for obvious patient identifiers in free text: a warning, never a refusal (PRODUCT.md section 3).

Patterns are chosen to stay silent on what changes are full of: references, versions, addresses, times.
"""

import re
from enum import StrEnum


class Identifier(StrEnum):
    SOCIAL_SECURITY_NUMBER = "social_security_number"
    MEDICAL_RECORD_NUMBER = "medical_record_number"
    ACCESSION_NUMBER = "accession_number"
    DATE_OF_BIRTH = "date_of_birth"
    PATIENT_NAME = "patient_name"


PATTERNS = {
    Identifier.SOCIAL_SECURITY_NUMBER: r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])",
    Identifier.MEDICAL_RECORD_NUMBER: (
        r"\b(?:MRN|medical record(?: number| no\.?)?|patient[ -]?id)\b\W{0,4}\w*\d{4,}"
    ),
    Identifier.ACCESSION_NUMBER: r"\baccession(?: number| no\.?| #)?\b\W{0,4}[A-Z]{0,4}-?\d{5,}",
    Identifier.DATE_OF_BIRTH: (
        r"\b(?:DOB|date of birth|born(?: on)?)\b\W{0,4}\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}"
    ),
    # The way DICOM writes a person's name: FAMILY^GIVEN.
    Identifier.PATIENT_NAME: r"\b[A-Z][A-Za-z'-]+\^[A-Z][A-Za-z'-]+",
}
COMPILED = {
    kind: re.compile(pattern, 0 if kind is Identifier.PATIENT_NAME else re.IGNORECASE)
    for kind, pattern in PATTERNS.items()
}


def identifiers(text: str) -> list[Identifier]:
    """The kinds of identifier that the text seems to hold, each once."""
    return [kind for kind, pattern in COMPILED.items() if pattern.search(text)]
