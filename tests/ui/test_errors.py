"""The error pages: real, with the right status, and without what broke."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from changeboard import broken
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_unknown_address_says_so(client):
    answer = client.get("/nowhere/")
    assert (answer.status_code, "There is no such page" in answer.text) == (404, True)


def test_a_forbidden_page_says_whose_it_is(client):
    client.force_login(PersonFactory())
    answer = client.get(reverse("people:list"))
    assert (answer.status_code, "Your roles do not let you do this" in answer.text) == (403, True)


def test_a_form_without_its_token_is_refused_and_explained():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("people:sign_in"), {})
    assert (answer.status_code, "This form is too old" in answer.text) == (403, True)


def test_the_page_of_a_fault_needs_neither_database_nor_session():
    answer = broken.fault(RequestFactory().get("/"))
    assert (answer.status_code, b"Something broke here" in answer.content) == (500, True)


def test_a_bad_request_says_what_to_do():
    answer = broken.bad_request(RequestFactory().get("/"), Exception())
    assert answer.status_code == 400


def test_the_security_policy_allows_nothing_inline(client):
    policy = client.get(reverse("people:sign_in")).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
