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
    "KnownNumbers",
    "NumbersSeen",
    "PaymentMethod",
)


@frozen
class Health:
    """The response to a probe."""

    status: HealthStatus
    """The service works. In any other state the response is a problem."""

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


@frozen
class KnownNumbers:
    """The highest number that other services know of this service."""

    highest: int
    """The highest number of one kind of object that a service knows, without its prefix; 0 for none."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "highest": self.highest,
        }


@frozen
class NumbersSeen:
    """The highest numbers that this service knows of others."""

    orders: int
    """The highest number of one kind of object that a service knows, without its prefix; 0 for none."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "orders": self.orders,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            orders=required(data, "orders"),
        )


PaymentMethod = Literal["bank_transfer", "credit_card", "paypal"]
