"""The API's own description: the OpenAPI schema and a page that reads it aloud.

The page is ours rather than a ready-made browser: those need inline scripts or another host's files,
and our doors let in neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

from changeboard.people.gate import may

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    required: bool
    words: str
    is_read_only: bool = False


@dataclass(frozen=True)
class Operation:
    """One method of one path, as the page shows it."""

    method: str
    path: str
    summary: str
    words: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]
    answer: tuple[Field, ...]

    @property
    def anchor(self) -> str:
        return f"{self.method}-{self.path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The OpenAPI 3 description of everything under /api/v1/, made once a process."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


def operations(description: dict[str, Any]) -> list[Operation]:
    """Every operation of the schema, by path and then in the order of METHODS."""
    return [
        _operation(method, path, item[method], description)
        for path, item in sorted(description["paths"].items())
        for method in METHODS
        if method in item
    ]


def _operation(method: str, path: str, item: dict[str, Any], description: dict[str, Any]) -> Operation:
    summary, _, words = _plain(item.get("summary") or item.get("description") or "").partition("\n")
    schemas = description["components"]["schemas"]
    parameters = tuple(
        Field(entry["name"], _type(entry["schema"], schemas), entry.get("required", False), _words(entry))
        for entry in item.get("parameters", [])
    )
    answers = tuple((code, answer.get("description", "")) for code, answer in item["responses"].items())
    body = [each for each in _fields(_json(item.get("requestBody", {})), schemas) if not each.is_read_only]
    good = next((each for code, each in item["responses"].items() if code.startswith("2")), {})
    return Operation(
        method.upper(), path, summary, words.strip(), parameters, tuple(body), answers,
        tuple(_fields(_json(good), schemas)),
    )  # fmt: skip


def _json(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _fields(part: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Field]:
    part = _named(part, schemas)
    # Of a list what one of it is: the pages around it are the same everywhere.
    rows = part if part.get("type") == "array" else part.get("properties", {}).get("results", {})
    if rows.get("type") == "array":
        part = _named(rows["items"], schemas)
    needed = set(part.get("required", ()))
    for name, item in part.get("properties", {}).items():
        yield Field(name, _type(item, schemas), name in needed, _words(item), bool(item.get("readOnly")))


def _named(part: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas[_name(part)] if "$ref" in part else part
    return found


def _name(part: dict[str, Any]) -> str:
    return str(part["$ref"].rsplit("/", 1)[1])


def _type(part: dict[str, Any], schemas: dict[str, Any]) -> str:
    """As a reader fills it in: the words that are taken, rather than what the schema calls their list."""
    if choices := [each for key in ("allOf", "oneOf") for each in part.get(key, ())]:
        return " or ".join(filter(None, (_type(each, schemas) for each in choices)))
    if values := _named(part, schemas).get("enum"):
        return ", ".join(str(value) for value in values if value not in ("", None))
    if "$ref" in part:
        return _name(part)
    if part.get("type") == "array":
        return f"list of {_type(part['items'], schemas)}"
    return str(part.get("format") or part.get("type") or "value")


def _words(part: dict[str, Any]) -> str:
    """Without the list of values that the schema's maker writes below: they stand as the type."""
    return _plain(part.get("description", "")).partition("* ")[0].strip()


def _plain(text: str) -> str:
    return text.replace("`", "")


@may("people.use")
def schema_view(request: HttpRequest) -> HttpResponse:
    return JsonResponse(schema(), json_dumps_params={"indent": 1})


@may("people.use")
def docs_view(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"operations": operations(schema())})
