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


class Told(TypedDict):
    """The payload of the work to tell a customer of a move."""

    order_id: OrderId
    status: Status
    recipient: str
