"""Shipping over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.shipping import ShipmentEdit, ShipmentInput

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.health import livez, readyz
from ..kit.reply import Reply
from .domain import SHIPMENTS, Shipping

__all__ = ["create_shipment", "get_shipment", "livez", "readyz", "update_shipment"]


async def create_shipment(shipping: Shipping, body: ShipmentInput) -> Reply:
    """Send an order."""
    shipment, new = await shipping.create(body.order_id, body.address, body.carrier, body.user_id, body.recipient)
    return Reply(
        _shipment(shipment),
        status=201 if new else 200,
        headers={"Location": f"/shipping/{body.order_id}"},
    )


async def get_shipment(shipping: Shipping, caller: Caller, order_id: str) -> dict[str, Any]:
    """Read where an order is."""
    return _shipment(await shipping.shipment(caller, order_id))


async def update_shipment(shipping: Shipping, caller: Caller, order_id: str, body: ShipmentEdit) -> dict[str, Any]:
    """Move a shipment on."""
    return _shipment(await shipping.move(caller, order_id, body.status.value))


def _shipment(row: Row) -> dict[str, Any]:
    return {
        "order_id": row["order_id"],
        "tracking_id": SHIPMENTS.id(row["id"]),
        "status": row["status"],
    }
