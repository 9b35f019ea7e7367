"""A document of one operation with a body."""

from __future__ import annotations

from typing import Any

FORM = {"content-type": "application/x-www-form-urlencoded"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "maxLength": 40},
        "quantity": {"type": "integer", "minimum": 1, "maximum": 99},
        "price": {"type": "number", "x-decimals": 2},
        "tags": {"type": "array", "items": {"type": "string"}},
        "gift": {"type": "boolean"},
    },
}


async def echo(domain: Any, body: Any = None) -> Any:
    return body


def paths(
    schema: dict[str, Any] = SCHEMA,
    *media_types: str,
    required: bool = True,
) -> dict[str, Any]:
    """One operation with a body."""
    content = {media_type: {"schema": schema} for media_type in media_types or ["application/json"]}
    body = {"required": required, "content": content}
    return {"/things": {"post": {"operationId": "echo", "requestBody": body}}}
