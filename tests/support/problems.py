"""Tokens of permitted callers, and the shape of every problem."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema_rs
import pytest

from minishop_server.kit.documents import document
from tests.support.open_shop import OpenShop
from tests.support.operations import Operation

PROBLEM = jsonschema_rs.Draft4Validator(
    {"$ref": "#/components/schemas/Problem", "components": document("auth")["components"]}, validate_formats=True
)


def each(operations: list[Operation]) -> pytest.MarkDecorator:
    """The test once for each of them."""
    return pytest.mark.parametrize("operation", operations, ids=str)


def permitted(open_shop: OpenShop, operation: Operation) -> str | None:
    """A token of the first role that may call the operation."""
    return open_shop.tokens[operation.roles[0]] if operation.roles else None


def assert_problem(status: int, answer: httpx.Response) -> dict[str, Any]:
    """Check that an answer is a problem of this status, and return its body."""
    assert (status, "application/problem+json") == (answer.status_code, answer.headers["Content-Type"]), answer.text
    body: dict[str, Any] = answer.json()
    PROBLEM.validate(body)
    assert status == body["status"]
    assert answer.headers["X-Request-Id"] == body["request_id"]
    return body
