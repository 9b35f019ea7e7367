"""The rows of Shipping."""

from __future__ import annotations

from typing import Literal, TypedDict

from ...kit.clock import Timestamp
from ...kit.ids import OrderId, OrderIdentity, UserId

Status = Literal["in_transit", "out_for_delivery", "delivered", "exception", "returned", "cancelled"]


class ShipmentRow(TypedDict):
    """The parcel of an order.

    A shipment that was cancelled before it was created has no user and no recipient.
    """

    id: int
    order_id: OrderId
    order_identity: OrderIdentity | None
    status: Status
    user_id: UserId | None
    recipient: str | None
    moves: int
    created_at: Timestamp


class EventRow(TypedDict):
    """A move of a parcel."""

    id: int
    shipment_id: int
    order_id: OrderId
    order_identity: OrderIdentity | None
    status: Status
    timestamp: Timestamp


class OldEventRow(TypedDict):
    """The place and the time of a move."""

    id: int
    shipment_id: int
    timestamp: Timestamp


class ReaderRow(TypedDict):
    """A service that follows the feed, and the last event that it has read."""

    name: str
    seen: int


class Told(TypedDict):
    """The payload of the work to tell a customer of a move."""

    order_id: OrderId
    status: Status
    recipient: str
