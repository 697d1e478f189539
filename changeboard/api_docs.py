"""The API's own description: the OpenAPI schema and a page that reads it aloud.

The page is ours rather than a ready-made browser: those need inline scripts or another host's files,
and our doors let in neither.
"""

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
    summary, _, words = (item.get("summary") or item.get("description") or "").partition("\n")
    parameters = tuple(
        Field(
            entry["name"], _type(entry["schema"]), entry.get("required", False), entry.get("description", "")
        )
        for entry in item.get("parameters", [])
    )
    content = item.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = tuple((code, answer.get("description", "")) for code, answer in item["responses"].items())
    return Operation(
        method.upper(), path, summary, words.strip(), parameters, _fields(content, description), answers
    )


def _fields(part: dict[str, Any], description: dict[str, Any]) -> tuple[Field, ...]:
    if "$ref" in part:
        part = description["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]]
    needed = set(part.get("required", ()))
    return tuple(
        Field(name, _type(item), name in needed, item.get("description", ""))
        for name, item in part.get("properties", {}).items()
        if not item.get("readOnly")
    )


def _type(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"].rsplit("/", 1)[1])
    if part.get("type") == "array":
        return f"list of {_type(part['items'])}"
    return str(part.get("format") or part.get("type") or "value")


@may("people.use")
def schema_view(request: HttpRequest) -> HttpResponse:
    return JsonResponse(schema(), json_dumps_params={"indent": 1})


@may("people.use")
def docs_view(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"operations": operations(schema())})
