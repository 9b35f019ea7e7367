"""Documents and handlers of one operation, for tests of its answers."""

from __future__ import annotations

from typing import Any

THING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
    },
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "code", "request_id"],
    "properties": {"status": {"type": "integer"}},
}


def json_of(schema: dict[str, Any], **headers: Any) -> dict[str, Any]:
    """A documented response in JSON."""
    return {
        "description": "Done",
        "headers": headers,
        "content": {"application/json": {"schema": schema}},
    }


def paths(responses: dict[str, Any]) -> dict[str, Any]:
    return {"/things": {"get": {"operationId": "answer", "responses": responses}}}


def returns(result: Any) -> Any:
    async def handler(domain: Any) -> Any:
        return result

    return handler


def raises(error: BaseException) -> Any:
    async def handler(domain: Any) -> Any:
        raise error

    return handler
