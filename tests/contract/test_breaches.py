"""Invalid bodies and parameters of every operation: generated from the documents, sent to a running shop."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.breaches import bodies, parameters
from tests.support.open_shop import OpenShop
from tests.support.operations import OPERATIONS, Operation
from tests.support.problems import assert_problem, each, permitted

pytestmark = pytest.mark.asyncio(loop_scope="module")

WITH_BODY = [operation for operation in OPERATIONS if operation.media_type]
OVERPOSTED = [
    (operation, name)
    for operation in WITH_BODY
    if operation.media_type == "application/json" and not operation.is_open
    for name in ("id", "role", "status", "user_id", "created_at", "version", "__proto__")
    if name not in operation.body_properties
]
"""Properties that a client might try to write: of responses, of the tables, and invented ones."""
SECRET = "never-to-be-repeated"
MIB = 1 << 20


@each(WITH_BODY)
async def test_a_body_of_another_media_type_is_415(open_shop: OpenShop, operation: Operation) -> None:
    request = operation.request(permitted(open_shop, operation))
    request["headers"]["Content-Type"] = "text/plain"

    answer = await open_shop.http.request(**request)

    assert_problem(415, answer)


@pytest.mark.parametrize(("operation", "name"), OVERPOSTED, ids=str)
async def test_a_property_that_may_not_be_written_is_400(open_shop: OpenShop, operation: Operation, name: str) -> None:
    request = operation.request(permitted(open_shop, operation))
    body = json.loads(request["content"])
    request["content"] = json.dumps({**body, name: SECRET})

    answer = await open_shop.http.request(**request)

    errors = assert_problem(400, answer)["errors"]
    assert [("body", f"/{name}", "unknown")] == [(error["in"], error["pointer"], error["code"]) for error in errors]
    assert SECRET not in answer.text


@each(WITH_BODY)
async def test_each_keyword_that_a_body_breaks_is_told_with_its_place(
    open_shop: OpenShop, operation: Operation
) -> None:
    request = operation.request(permitted(open_shop, operation))

    for pointer, code, content in bodies(operation):
        answer = await open_shop.http.request(**{**request, "content": content})

        errors = assert_problem(400, answer)["errors"]
        found = [(error["in"], error["pointer"], error["code"]) for error in errors]
        assert ("body", pointer, code) in found, content


@pytest.mark.parametrize("told", [True, False], ids=["told", "chunked"])
@each(WITH_BODY)
async def test_a_body_over_1_mib_is_413(open_shop: OpenShop, operation: Operation, told: bool) -> None:
    async def chunks() -> Any:
        for _ in range(17):
            yield b" " * (MIB // 16)

    request = operation.request(permitted(open_shop, operation))
    request["content"] = b" " * (MIB + 1) if told else chunks()

    answer = await open_shop.http.request(**request)

    assert_problem(413, answer)


@each(OPERATIONS)
async def test_each_keyword_that_a_parameter_breaks_is_told_with_its_place(
    open_shop: OpenShop, operation: Operation
) -> None:
    for place, pointer, code, request in parameters(operation, permitted(open_shop, operation)):
        answer = await open_shop.http.request(**request)

        errors = assert_problem(400, answer)["errors"]
        found = [(error["in"], error["pointer"], error["code"]) for error in errors]
        assert (place, pointer, code) in found, request["url"]
