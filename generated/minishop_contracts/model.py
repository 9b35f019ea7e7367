# Generated from openapi/ by scripts/generate.py: do not edit.
"""Base class of every generated model."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from minishop_contracts.sensitive import SENSITIVE
from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, field_serializer


class Model(BaseModel):
    """An immutable model with money as JSON numbers and without sensitive fields in its `repr`."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @field_serializer("*", mode="wrap", when_used="json")
    def _money_as_number(self, value: object, handler: SerializerFunctionWrapHandler) -> Any:
        return float(value) if isinstance(value, Decimal) else handler(value)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        return (
            (name, "[redacted]" if name in SENSITIVE else value)
            for name, value in super().__repr_args__()
        )
