"""Fields and faults: tied together for those who cannot see them, and nothing typed is lost."""

from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from changeboard import form_faults, words
from changeboard.refusal import Reason, Refusal


class Example(forms.Form):
    title = forms.CharField(label="Title", help_text="Short.")
    seconds = forms.IntegerField(label="Seconds")


def drawn(source: str, form: forms.Form) -> str:
    return " ".join(Template(source).render(Context({"form": form})).split())


def test_an_error_is_named_by_its_field_and_linked_from_the_top():
    form = Example({"title": "", "seconds": "3"})
    assert '<a href="#id_title">Title</a>: This field is required.' in drawn("{% errors form %}", form)
    assert 'aria-describedby="id_title-hint id_title-error"' in drawn("{% field form.title %}", form)
    assert 'aria-invalid="true"' in drawn("{% field form.title %}", form)


def test_a_number_that_is_none_is_still_shown_as_typed():
    assert 'value="soon"' in drawn("{% field form.seconds %}", Example({"title": "", "seconds": "soon"}))


def test_a_refusal_stands_beside_the_field_it_names():
    words.register({"test.too_long": "At most {most} words."})
    form = Example({"title": "x", "seconds": "3"})
    refusal = Refusal([Reason("test.too_long", {"most": 5}, "title"), Reason("test.too_long", {"most": 9})])
    assert form_faults.show(form, refusal) == 400
    assert form.errors == {"title": ["At most 5 words."], "__all__": ["At most 9 words."]}


def test_a_conflict_answers_409():
    form = Example({"title": "x", "seconds": "3"})
    assert form_faults.show(form, Refusal([Reason("test.state")], conflict=True)) == 409


def test_an_empty_submit_is_a_submit():
    request = RequestFactory().post("/")
    form = Example(form_faults.typed(request))
    assert form_faults.attempt(form, lambda **_: None).status == 400


def test_the_verb_gets_what_was_typed_and_its_answer_comes_back():
    form = Example({"title": "x", "seconds": "3"})
    tried = form_faults.attempt(form, lambda title, seconds: title * seconds)
    assert (tried.done, tried.result) == (True, "xxx")
