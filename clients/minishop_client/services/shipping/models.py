# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of shipping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self

from attrs import field, frozen
from minishop_client.services.shared import Health, HealthStatus, KnownNumbers, NumbersSeen
from minishop_client.values import (
    UNSET,
    Unset,
    optional,
    required,
)

__all__ = (
    "Health",
    "HealthStatus",
    "KnownNumbers",
    "NextStatus",
    "NumbersSeen",
    "Shipment",
    "ShipmentBook",
    "ShipmentEdit",
    "ShipmentEvent",
    "ShipmentInput",
    "ShipmentStatus",
)

ShipmentStatus = Literal[
    "cancelled", "delivered", "exception", "in_transit", "out_for_delivery", "returned"
]

NextStatus = Literal["delivered", "exception", "in_transit", "out_for_delivery", "returned"]


@frozen
class ShipmentInput:
    """The order to send and its address."""

    order_id: str
    """The number of an order."""
    address: str = field(repr=False)
    """A postal address that was accepted once, on one or several lines."""
    carrier: str
    """The carrier of the parcel."""
    order_identity: str | Unset = UNSET
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""
    user_id: int | Unset = UNSET
    """The number of a user; the token's `sub` is `user_` and this number."""
    recipient: str | Unset = field(default=UNSET, repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "address": self.address,
            "carrier": self.carrier,
        }
        if not isinstance(self.order_identity, Unset):
            data["order_identity"] = self.order_identity
        if not isinstance(self.user_id, Unset):
            data["user_id"] = self.user_id
        if not isinstance(self.recipient, Unset):
            data["recipient"] = self.recipient
        return data


@frozen
class ShipmentEdit:
    """The next state."""

    status: NextStatus
    """A state that a parcel can be moved to."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "status": self.status,
        }


@frozen
class Shipment:
    """A parcel."""

    order_id: str
    """The number of an order."""
    tracking_id: str
    """The tracking number of a parcel."""
    status: ShipmentStatus
    """The state of a parcel."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "order_id": self.order_id,
            "tracking_id": self.tracking_id,
            "status": self.status,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            order_id=required(data, "order_id"),
            tracking_id=required(data, "tracking_id"),
            status=required(data, "status"),
        )


@frozen
class ShipmentBook:
    """A stored shipment."""

    order_id: str
    """The number of an order."""
    tracking_id: str
    """The tracking number of a parcel."""
    status: ShipmentStatus
    """The state of a parcel."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    order_identity: str | None = None
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""
    user_id: int | None = None
    """The number of a user; the token's `sub` is `user_` and this number."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "tracking_id": self.tracking_id,
            "status": self.status,
            "created_at": self.created_at.isoformat(),
        }
        if self.order_identity is not None:
            data["order_identity"] = self.order_identity
        if self.user_id is not None:
            data["user_id"] = self.user_id
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            order_id=required(data, "order_id"),
            tracking_id=required(data, "tracking_id"),
            status=required(data, "status"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            order_identity=optional(data, "order_identity"),
            user_id=optional(data, "user_id"),
        )


@frozen
class ShipmentEvent:
    """A move of a parcel."""

    cursor: str
    """A place in a list. Feeds also accept cursors of version 1, which begin with `c_`."""
    order_id: str
    """The number of an order."""
    tracking_id: str
    """The tracking number of a parcel."""
    status: ShipmentStatus
    """The state of a parcel."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""
    order_identity: str | None = None
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "cursor": self.cursor,
            "order_id": self.order_id,
            "tracking_id": self.tracking_id,
            "status": self.status,
            "timestamp": self.timestamp.isoformat(),
        }
        if self.order_identity is not None:
            data["order_identity"] = self.order_identity
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            cursor=required(data, "cursor"),
            order_id=required(data, "order_id"),
            tracking_id=required(data, "tracking_id"),
            status=required(data, "status"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
            order_identity=optional(data, "order_identity"),
        )
