# Generated from openapi/ by scripts/generate.py: do not edit.
"""Base class of every generated model."""

from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, field_serializer


class Model(BaseModel):
    """Immutable; money leaves as a JSON number, not as a string."""

    model_config = ConfigDict(frozen=True)

    @field_serializer("*", mode="wrap", when_used="json")
    def _money_as_number(self, value: object, handler: SerializerFunctionWrapHandler) -> Any:
        return float(value) if isinstance(value, Decimal) else handler(value)
