"""Shipping over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.shipping import KnownNumbers, ShipmentEdit, ShipmentInput

from ...kit.health import livez, readyz
from ...kit.ids import OrderId, UserId
from ...kit.order_identity import identity_of
from ...kit.paging import Page
from ...kit.reply import Reply
from ...kit.tokens import Caller
from .domain import SHIPMENTS, Shipping
from .rows import EventRow, ShipmentRow

__all__ = [
    "cancel_shipment",
    "compare_numbers",
    "create_shipment",
    "get_shipment",
    "list_shipment_events",
    "list_shipments",
    "livez",
    "readyz",
    "update_shipment",
]


async def create_shipment(shipping: Shipping, body: ShipmentInput) -> Reply:
    """Send an order."""
    shipment, new = await shipping.create(
        OrderId(body.order_id),
        body.address,
        body.carrier,
        None if body.user_id is None else UserId(body.user_id),
        body.recipient,
        identity_of(body.order_identity),
    )
    return Reply(
        _shipment(shipment),
        status=201 if new else 200,
        headers={"Location": f"/shipping/{body.order_id}"},
    )


async def get_shipment(shipping: Shipping, caller: Caller, order_id: str) -> dict[str, Any]:
    """Read where an order is."""
    return _shipment(await shipping.shipment(caller, OrderId(order_id)))


async def update_shipment(shipping: Shipping, caller: Caller, order_id: str, body: ShipmentEdit) -> dict[str, Any]:
    """Move a shipment on."""
    return _shipment(await shipping.move(caller, OrderId(order_id), body.status.value))


async def cancel_shipment(shipping: Shipping, order_id: str, order_identity: str | None = None) -> None:
    """Call a shipment back."""
    await shipping.cancel(OrderId(order_id), identity_of(order_identity))


async def list_shipments(shipping: Shipping, limit: int, cursor: str | None = None) -> Reply:
    """List shipments."""
    page = Page("/shipping/shipments", limit, cursor)
    rows = await shipping.shipments(page.fetch, page.after_row)
    return Reply([_book(row) for row in rows[:limit]], headers=page.link(rows))


async def list_shipment_events(shipping: Shipping, limit: int, cursor: str | None = None) -> Reply:
    """List the moves of shipments."""
    page = Page("/shipping/events", limit, cursor, feed=True)
    rows = await shipping.events(page.fetch, page.after_row)
    return Reply([{"cursor": page.cursor(row), **_event(row)} for row in rows[:limit]], headers=page.link(rows))


async def compare_numbers(shipping: Shipping, body: KnownNumbers) -> dict[str, int]:
    """Compare the numbers of shipments."""
    return {"orders": await shipping.compare_numbers(body.highest)}


def _shipment(row: ShipmentRow) -> dict[str, Any]:
    return {
        "order_id": row["order_id"],
        "tracking_id": SHIPMENTS.id(row["id"]),
        "status": row["status"],
    }


def _book(row: ShipmentRow) -> dict[str, Any]:
    known = {"order_identity": row["order_identity"], "user_id": row["user_id"]}
    told = {name: value for name, value in known.items() if value is not None}
    return {**_shipment(row), **told, "created_at": row["created_at"]}


def _event(row: EventRow) -> dict[str, Any]:
    known = {} if row["order_identity"] is None else {"order_identity": row["order_identity"]}
    return {
        "order_id": row["order_id"],
        **known,
        "tracking_id": SHIPMENTS.id(row["shipment_id"]),
        "status": row["status"],
        "timestamp": row["timestamp"],
    }
