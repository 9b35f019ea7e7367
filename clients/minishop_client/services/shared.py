# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of several services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from attrs import frozen
from minishop_client.values import (
    required,
)

__all__ = (
    "Health",
    "HealthStatus",
    "PaymentMethod",
)


@frozen
class Health:
    """The answer to a probe."""

    status: HealthStatus
    """The service works. Any other state is answered with a problem."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "status": self.status,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            status=required(data, "status"),
        )


HealthStatus = Literal["ok"]

PaymentMethod = Literal["bank_transfer", "credit_card", "paypal"]
