"""The signature of a handler, generated from its operation in the document."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.server_interface import answer_documents, server_interface

Node = dict[str, Any]

SCHEMES = {"token": {"type": "http", "scheme": "bearer"}, "client": {"type": "http", "scheme": "basic"}}
THING = {"$ref": "#/components/schemas/Thing"}
SHARED = {"$ref": "#/components/schemas/Shared"}
SCHEMAS = {
    "Thing": {"type": "object", "properties": {"part": {"$ref": "#/components/schemas/Part"}}},
    "Part": {"type": "object"},
    "NewName": {"type": "object"},
    "Shared": {"type": "object"},
    "Kind": {"type": "string", "enum": ["new", "old"]},
}
COMMON = {"components": {"schemas": {"Shared": {"type": "object"}}}}


def json_of(schema: Node) -> Node:
    return {"content": {"application/json": {"schema": schema}}}


def document(**operation: Any) -> Node:
    """A bundle of one operation, which by default is public and answers a thing."""
    node = {"operationId": "handle", "summary": "Do it", "responses": {"200": json_of(THING)}, "security": []}
    return {
        "info": {"title": "Test"},
        "security": [{"token": []}],
        "paths": {"/things": {"post": node | operation}},
        "components": {"schemas": SCHEMAS, "securitySchemes": SCHEMES},
    }


def signature(**operation: Any) -> tuple[str, str]:
    """The arguments of the handler after the domain, and its answer."""
    module = server_interface("test", document(**operation), COMMON)
    _, _, method = module.partition("async def handle(self, domain: Domain, /")
    parameters, _, rest = method.partition(") -> ")
    return parameters.removeprefix(", *, "), rest.partition(":\n")[0]


def parameter(name: str, schema: Node, **more: Any) -> Node:
    return {"name": name, "in": "query", "schema": schema, **more}


@pytest.mark.parametrize(
    ("security", "parameters"),
    [
        ([], ""),
        ([{"token": []}], "caller: Caller"),
        ([{"token": []}, {}], "caller: Caller | None"),
        ([{"client": []}], "client_credentials: tuple[str, str] | None"),
        ([{"token": []}, {"client": []}], "caller: Caller | None, client_credentials: tuple[str, str] | None"),
    ],
    ids=str,
)
def test_who_calls_comes_where_the_operation_asks(security: list[Node], parameters: str) -> None:
    assert parameters == signature(security=security)[0]


def test_an_operation_without_security_has_that_of_the_document() -> None:
    node = document()
    del node["paths"]["/things"]["post"]["security"]

    assert "*, caller: Caller)" in server_interface("test", node, COMMON)


@pytest.mark.parametrize(
    ("declared", "parameters"),
    [
        (parameter("If-Match", {"type": "string"}, required=True), "if_match: str"),
        (parameter("limit", {"type": "integer", "default": 20}), "limit: int"),
        (parameter("price", {"type": "number"}), "price: float = ..."),
        (parameter("kind", {"$ref": "#/components/schemas/Kind"}), "kind: Literal['new', 'old'] = ..."),
        (parameter("ids", {"type": "array", "items": {"type": "integer"}}), "ids: list[int] = ..."),
        (parameter("If-None-Match", {"type": "string"}), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else value["name"],
)
def test_a_parameter_has_its_type_and_may_be_left_out_where_a_request_does(declared: Node, parameters: str) -> None:
    assert parameters == signature(parameters=[declared])[0]


def test_a_body_is_its_model() -> None:
    body = json_of({"$ref": "#/components/schemas/NewName"})

    assert "body: models.NewName" == signature(requestBody={**body, "required": True})[0]
    assert "body: models.NewName = ..." == signature(requestBody=body)[0]
    assert "body: common_models.Shared = ..." == signature(requestBody=json_of(SHARED))[0]


def test_a_body_that_a_header_signs_comes_as_it_was_sent_too() -> None:
    signed = [parameter("Some-Signature", {"type": "string"})]
    body = {**json_of(THING), "required": True}

    taken, _ = signature(parameters=signed, requestBody=body)

    assert "body: models.Thing, raw_body: bytes, some_signature: str = ..." == taken


@pytest.mark.parametrize(
    ("responses", "answer"),
    [
        ({"200": json_of(THING)}, "answers.Thing | Reply[answers.Thing]"),
        ({"200": json_of(SHARED)}, "common.Shared | Reply[common.Shared]"),
        ({"200": json_of({"type": "array", "items": THING})}, "list[answers.Thing] | Reply[list[answers.Thing]]"),
        ({"201": json_of(THING), "202": json_of(THING)}, "answers.Thing | Reply[answers.Thing]"),
        ({"204": {}, "404": json_of(SHARED)}, "None | Reply[None]"),
    ],
    ids=str,
)
def test_an_answer_is_that_of_a_success(responses: Node, answer: str) -> None:
    assert answer == signature(responses=responses)[1]


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ({"responses": {"200": json_of({"type": "object"})}}, "the schema of a body has no name"),
        ({"parameters": [parameter("filter", THING)]}, "a parameter needs one type out of str"),
    ],
    ids=["answer", "parameter"],
)
def test_what_has_no_type_is_an_error_that_names_the_operation(operation: Node, message: str) -> None:
    with pytest.raises(ValueError, match=rf"^paths\./things\.post: {message}"):
        signature(**operation)


def test_answers_are_made_of_the_schemas_of_successes_alone() -> None:
    body = json_of({"$ref": "#/components/schemas/NewName"})
    bundled = document(requestBody=body, responses={"200": json_of(THING), "400": json_of(SHARED)})
    written = {name: schema for name, schema in SCHEMAS.items() if name != "Shared"}
    documents = {"test": {"components": {"schemas": written}}, "common": COMMON}

    found = answer_documents(documents, {"test": bundled})

    assert {"Thing", "Part"} == set(found["test"]["components"]["schemas"])
    assert set() == set(found["common"]["components"]["schemas"])
