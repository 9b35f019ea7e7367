"""A document is completed by the parts that follow from rules: probes, refusals and the request id."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scripts import implied, spec_document, strict_yaml

Node = dict[str, Any]
ALWAYS = "400 405 408 431 500 503"
IF_MATCH = {"name": "If-Match", "in": "header", "required": True}
BODY = {"description": "Done.", "content": {"application/json": {}}}


@pytest.fixture
def common() -> Node:
    return strict_yaml.read(spec_document.OPENAPI / "common.yaml")


def completed(common: Node, operation: Node, *parameters: Node) -> Node:
    """The responses of an operation, of which the default is 204."""
    operation = {"responses": {"204": {"description": "Done."}}, **copy.deepcopy(operation)}
    document = {"paths": {"/orders": {"parameters": list(parameters), "post": operation}}}
    implied.complete(document, common, "orders")
    responses: Node = operation["responses"]
    return responses


@pytest.mark.parametrize(
    ("operation", "parameters", "statuses"),
    [
        ({}, [], f"204 {ALWAYS}"),
        ({"operationId": "livez"}, [], "204 400 405 408 431 500"),
        ({"x-roles": ["customer"]}, [], f"204 401 403 {ALWAYS}"),
        ({"x-roles": ["customer", "admin", "service"]}, [], f"204 401 403 {ALWAYS}"),
        ({"responses": {"200": BODY}}, [], f"200 406 {ALWAYS}"),
        ({"responses": {"200": {"$ref": "./common.yaml#/components/responses/Alive"}}}, [], f"200 406 {ALWAYS}"),
        ({"requestBody": {}}, [], f"204 413 415 {ALWAYS}"),
        ({"x-rate-limit": {"limit": 60, "seconds": 60}}, [], f"204 429 {ALWAYS}"),
        ({}, [IF_MATCH], f"204 412 428 {ALWAYS}"),
        ({}, [{**IF_MATCH, "required": False}], f"204 412 {ALWAYS}"),
        ({}, [{"name": "Idempotency-Key", "in": "header"}], f"204 422 {ALWAYS}"),
        ({}, [{"$ref": "./common.yaml#/components/parameters/IfMatch"}], f"204 412 428 {ALWAYS}"),
    ],
)
def test_an_operation_has_the_refusals_of_its_kind_in_the_order_of_their_statuses(
    common: Node, operation: Node, parameters: list[Node], statuses: str
) -> None:
    assert sorted(statuses.split()) == list(completed(common, operation, *parameters))


def test_a_refusal_refers_to_its_description_in_common(common: Node) -> None:
    responses = completed(common, {})

    assert {"$ref": "./common.yaml#/components/responses/BadRequest"} == responses["400"]
    assert set(implied.REFUSALS.values()) <= set(common["components"]["responses"])


def test_a_refusal_has_the_codes_that_were_written_and_those_that_follow_from_rules(common: Node) -> None:
    responses = completed(common, {"x-roles": ["customer"], "responses": {"403": {"x-problems": ["other_user"]}}})

    assert ["other_user", "forbidden"] == responses["403"]["x-problems"]


def test_a_refusal_with_codes_of_its_own_has_the_description_and_headers_of_its_status(common: Node) -> None:
    shared = common["components"]["responses"]["TooManyRequests"]

    response = completed(common, {"responses": {"429": {"x-problems": ["too_many_mails"]}}})["429"]

    assert shared["description"] == response["description"]
    assert ["X-Request-Id", *shared["headers"]] == list(response["headers"])
    assert {"$ref": "./common.yaml#/components/headers/RateLimit"} == response["headers"]["RateLimit"]


def test_a_description_that_was_written_by_hand_stays(common: Node) -> None:
    unusual = {"description": "The bell is broken.", "x-problems": ["invalid_token_request"]}

    responses = completed(common, {"responses": {"400": unusual}})

    assert "The bell is broken." == responses["400"]["description"]


def test_a_refusal_is_a_problem_with_an_example_of_its_first_code(common: Node) -> None:
    written = {"409": {"x-problems": ["cart_empty", "price_changed"]}}

    [(media_type, media)] = completed(common, {"responses": written})["409"]["content"].items()

    table = common["x-problems"]["cart_empty"]
    assert "application/problem+json" == media_type
    assert {"$ref": "./common.yaml#/components/schemas/Problem"} == media["schema"]
    assert {
        "type": "/problems/cart-empty",
        "title": table["title"],
        "status": 409,
        "detail": table["detail"],
        "instance": "/orders",
        "code": "cart_empty",
        "request_id": "5f0c1b9e7d2a4c38",
    } == media["example"]


def test_each_response_has_the_request_id_before_its_own_headers(common: Node) -> None:
    link = {"$ref": "./common.yaml#/components/headers/Link"}

    responses = completed(common, {"responses": {"200": {**BODY, "headers": {"Link": link}}}})

    assert ["description", "headers", "content"] == list(responses["200"])
    assert ["X-Request-Id", "Link"] == list(responses["200"]["headers"])


def test_the_responses_that_documents_share_have_it_too(common: Node) -> None:
    implied.complete(common, copy.deepcopy(common), "common")

    headers = [response["headers"]["X-Request-Id"] for response in common["components"]["responses"].values()]
    assert [{"$ref": "#/components/headers/XRequestId"}] * len(headers) == headers


def test_each_document_has_the_public_probes_under_the_name_of_its_service(common: Node) -> None:
    document: Node = {"tags": [{"name": "things"}], "paths": {"/things": {}}}

    implied.complete(document, common, "things")

    assert ["/things", "/things/livez", "/things/readyz"] == list(document["paths"])
    assert ["livez", "readyz"] == [
        document["paths"][f"/things/{probe}"]["get"]["operationId"] for probe in ("livez", "readyz")
    ]
    assert ["things", "health"] == [tag["name"] for tag in document["tags"]]
    alive = document["paths"]["/things/livez"]["get"]["responses"]
    assert {"$ref": "./common.yaml#/components/responses/Alive"} == alive["200"]
    assert {"$ref": "./common.yaml#/components/responses/BadRequest"} == alive["400"]


def test_the_shared_document_has_no_paths_of_its_own(common: Node) -> None:
    implied.complete(common, copy.deepcopy(common), "common")

    assert {} == common["paths"]
