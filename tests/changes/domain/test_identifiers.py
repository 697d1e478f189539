import pytest

from changes.domain.identifiers import Identifier, identifiers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("seen with 219-09-9999 in the log", Identifier.SOCIAL_SECURITY_NUMBER),
        ("order of MRN 00482913 failed", Identifier.MEDICAL_RECORD_NUMBER),
        ("Patient ID: P1234567", Identifier.MEDICAL_RECORD_NUMBER),
        ("accession number AC1234567", Identifier.ACCESSION_NUMBER),
        ("DOB 04/12/1961", Identifier.DATE_OF_BIRTH),
        ("born on 12 April 1961", Identifier.DATE_OF_BIRTH),
        ("header reads DOE^JANE", Identifier.PATIENT_NAME),
    ],
)
def test_obvious_identifiers_are_seen(text, kind):
    assert identifiers(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "CHG-0142 rides on RIS-2026-12 at 11:00",
        "firmware 7.4.12-2026, address 10.20.30.40/24, port 11112",
        "call 800-555-0100 and ask for the patient ID service",
        "raise x^2 by 12 per cent before 2026-12-15",
    ],
)
def test_what_changes_are_full_of_raises_no_warning(text):
    assert identifiers(text) == []
