from hypothesis import given
from hypothesis import strategies as st

from changeboard.directory.domain import placeholders

OWN = {name: name.upper() for name in placeholders.NAMES}


def test_each_name_of_the_list_stands_for_the_readers_own_with_or_without_blanks():
    assert placeholders.filled("{{client}}: {{ start }}–{{end}}", OWN) == "CLIENT: START–END"
    assert placeholders.unknown("{{client}} {{ window }} {one} brace") == []


def test_anything_else_in_double_braces_is_named_as_it_was_typed_each_once():
    typed = "{{name}} {{ name|upper }} {{name}} {% now %} {{}} {{client"
    assert placeholders.unknown(typed) == ["{{name}}", "{{ name|upper }}", "{{}}", "{{"]


def test_what_a_client_is_called_is_never_looked_at_again():
    assert placeholders.filled("{{client}}", OWN | {"client": "{{date}}"}) == "{{date}}"


@given(st.text(alphabet="{} cdelint", max_size=30))
def test_words_without_fault_come_out_without_double_braces_of_ours(typed):
    if not placeholders.unknown(typed):
        assert not placeholders.unknown(placeholders.filled(typed, OWN))
