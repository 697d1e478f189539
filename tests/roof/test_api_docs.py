"""The page about the API: what to fill in and what comes back, in words that a reader can use."""

import pytest

from changeboard.api_docs import Operation, operations, schema


@pytest.fixture(scope="module")
def by_path() -> dict[tuple[str, str], Operation]:
    return {(each.method, each.path): each for each in operations(schema())}


def types(fields) -> dict[str, str]:
    return {each.name: each.type for each in fields}


def test_a_field_with_few_values_names_them_and_not_what_the_schema_calls_their_list(by_path):
    shown = by_path["POST", "/api/v1/point-of-service/shown/"]
    assert types(shown.body)["phase"] == "starting, under_way, extended, done, moved, cancelled"
    assert not [each for one in by_path.values() for each in one.body if each.type.endswith("Enum")]


def test_what_an_order_system_gets_is_listed_field_by_field(by_path):
    answer = types(by_path["GET", "/api/v1/point-of-service/"].answer)
    assert {"phase", "headline", "starts_at", "valid_until", "poll_after_s"} <= set(answer)


def test_of_a_list_stands_what_one_of_it_is_and_what_is_only_read_is_asked_of_nobody(by_path):
    assert types(by_path["GET", "/api/v1/windows/"].answer)["budget_seconds"] == "integer"
    assert "reference" not in types(by_path["POST", "/api/v1/windows/"].body)


def test_no_mark_of_the_source_stands_in_a_sentence(by_path):
    assert not [each.path for each in by_path.values() if "`" in each.summary + each.words]
