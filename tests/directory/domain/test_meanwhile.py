from changeboard.directory.domain import meanwhile


def test_the_parts_stand_in_the_order_of_haste_and_what_is_empty_is_left_out():
    said = meanwhile.paragraph(
        phone="+1 555 0101", orders="", stat="the desk, +1 555 0100", paper="R-7", more="Ring twice."
    )
    assert said == (
        "STAT studies: the desk, +1 555 0100. For urgent questions, call +1 555 0101. Paper forms: R-7. Ring twice."
    )


def test_what_was_written_before_stands_as_it_was():
    assert meanwhile.paragraph(more="Call the reading desk") == "Call the reading desk"


def test_nothing_written_says_nothing():
    assert meanwhile.paragraph(phone=" ", more="") == ""
