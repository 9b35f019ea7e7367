"""The client generator reads documents that have more types than ours, and rejects those it has no code for."""

from __future__ import annotations

import copy
import inspect
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_client import UNSET, Unset
from scripts.client_services import write_services
from tests.support.scripted_service import Reply, Service

TEMPLATES = Path(__file__).resolve().parents[3] / "clients" / "templates"
EDIT = {
    "type": "object",
    "description": "What changes.",
    "properties": {
        "nickname": {"type": "string", "nullable": True, "description": "Null takes it away."},
        "born": {"type": "string", "format": "date-time", "nullable": True, "description": "Null takes it away."},
        "tags": {"type": "array", "items": {"type": "string"}, "description": "All of them."},
    },
}
PERSON = {
    "type": "object",
    "description": "A person.",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer", "description": "A number."},
        "nickname": {"type": "string", "description": "A name."},
        "owes": {"type": "number", "x-decimals": 2, "description": "An amount."},
        "born": {"type": "string", "format": "date-time", "description": "When."},
        "tags": {"type": "array", "items": {"type": "string"}, "description": "All of them."},
    },
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "People", "version": "1"},
    "tags": [{"name": "people", "description": "Who there is"}],
    "paths": {
        "/people/{person_id}": {
            "patch": {
                "tags": ["people"],
                "operationId": "update_person",
                "summary": "Edit a person",
                "description": "Changes what is sent.",
                "parameters": [
                    {
                        "name": "person_id",
                        "in": "path",
                        "required": True,
                        "description": "A number.",
                        "schema": {"type": "integer"},
                    }
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Edit"}}}},
                "responses": {
                    "200": {
                        "description": "As it is now.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Person"}}},
                    }
                },
            }
        }
    },
    "components": {"schemas": {"Edit": EDIT, "Person": PERSON}},
}


@pytest.fixture
def generate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], Any]:
    """Generates the client of a document and imports it."""

    def made(document: dict[str, Any]) -> Any:
        name = f"services_of_{tmp_path.name.replace('-', '_')}"
        write_services(tmp_path / name, TEMPLATES, {"people": copy.deepcopy(document)}, {})
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        return import_module(f"{name}.people")

    return made


def test_null_and_an_omitted_field_differ_in_a_nullable_field_of_a_body(
    service: Service, generate: Callable[[dict[str, Any]], Any]
) -> None:
    service.on("PATCH /people/1", Reply(200, {"id": 1}))
    people = generate(DOCUMENT)

    with httpx.Client() as http:
        api = people.PeopleApi(http, service.url)
        api.update_person(1, nickname=None, born=None)
        api.update_person(1, tags=["a"])

    assert [{"nickname": None, "born": None}, {"tags": ["a"]}] == [json.loads(seen.body) for seen in service.seen]
    parameters = inspect.signature(people.PeopleApi.update_person).parameters
    assert {"nickname": "str | None | Unset", "born": "datetime | None | Unset", "tags": "Sequence[str] | Unset"} == {
        name: parameters[name].annotation for name in ("nickname", "born", "tags")
    }
    assert isinstance(parameters["nickname"].default, Unset)


def test_an_absent_field_of_a_response_is_none_for_each_type(generate: Callable[[dict[str, Any]], Any]) -> None:
    person = import_module(f"{generate(DOCUMENT).__name__}.models").Person

    absent = person.from_dict({"id": 1})
    present = person.from_dict({"id": 1, "owes": 0.1, "born": "2025-10-06T18:20:00+00:00", "tags": ["a"]})

    assert (None, None, None, None) == (absent.nickname, absent.owes, absent.born, absent.tags)
    assert {"id": 1} == absent.to_dict()
    assert ("0.10", 2025, ("a",)) == (str(present.owes), present.born.year, present.tags)
    assert {"id": 1, "owes": 0.1, "born": "2025-10-06T18:20:00+00:00", "tags": ["a"]} == present.to_dict()
    assert UNSET is not absent.nickname


def as_null(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Person"]["properties"]["nickname"]["nullable"] = True


def as_sent(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Edit"]["properties"]["of"] = {"$ref": "#/components/schemas/Person"}


def as_text(document: dict[str, Any]) -> None:
    body = document["paths"]["/people/{person_id}"]["patch"]["requestBody"]["content"]
    body["application/merge-patch+json"] = body.pop("application/json")


def as_date(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Person"]["properties"]["born"]["format"] = "date"


def as_nothing(document: dict[str, Any]) -> None:
    document["paths"]["/people/{person_id}"]["patch"]["responses"]["204"] = {"description": "Nothing."}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (as_null, "nickname: a response omits"),
        (as_sent, "Person is in a request and in a response"),
        (as_text, "update_person: the client sends one body"),
        (as_date, "born: the client has no code for a DateProperty"),
        (as_nothing, "update_person has one response type, not Person, None"),
    ],
)
def test_a_document_that_the_client_has_no_code_for_is_an_error(
    generate: Callable[[dict[str, Any]], Any], change: Callable[[dict[str, Any]], None], complaint: str
) -> None:
    document = copy.deepcopy(DOCUMENT)
    change(document)

    with pytest.raises(ValueError, match=complaint):
        generate(document)
