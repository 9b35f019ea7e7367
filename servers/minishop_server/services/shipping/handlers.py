"""Shipping over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minishop_contracts.answers import shipping as answers
from minishop_contracts.answers.common import NumbersSeen
from minishop_contracts.models import shipping as models
from minishop_contracts.models.common import KnownNumbers
from minishop_contracts.reply import Reply

from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.ids import OrderId, UserId
from ...kit.order_identity import identity_of
from ...kit.paging import Page
from ...kit.tokens import Caller
from .domain import SHIPMENTS, Shipping
from .rows import EventRow, ShipmentRow

if TYPE_CHECKING:
    from minishop_contracts.interfaces.shipping import Handlers

    from . import handlers

    _: Handlers[Shipping, Caller] = handlers


async def create_shipment(shipping: Shipping, caller: Caller, body: models.ShipmentInput) -> Reply[answers.Shipment]:
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


async def get_shipment(shipping: Shipping, caller: Caller, order_id: str) -> answers.Shipment:
    """Read the shipment of an order."""
    return _shipment(await shipping.shipment(caller, OrderId(order_id)))


async def update_shipment(
    shipping: Shipping, caller: Caller, order_id: str, body: models.ShipmentEdit
) -> answers.Shipment:
    """Move a shipment."""
    return _shipment(await shipping.move(caller, OrderId(order_id), body.status.value))


async def cancel_shipment(shipping: Shipping, caller: Caller, order_id: str, order_identity: str | None = None) -> None:
    """Cancel a shipment."""
    await shipping.cancel(OrderId(order_id), identity_of(order_identity))


async def list_shipments(
    shipping: Shipping, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.ShipmentBook]]:
    """List shipments."""
    page = Page("/shipping/shipments", limit, cursor)
    rows = await shipping.shipments(page.fetch, page.after_row)
    return Reply([_book(row) for row in rows[:limit]], headers=page.link(rows))


async def list_shipment_events(
    shipping: Shipping, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.ShipmentEvent]]:
    """List the moves of shipments."""
    page = Page("/shipping/events", limit, cursor, feed=True)
    rows = await shipping.events(caller, page.fetch, page.after_row)
    return Reply([_event(row, page.cursor(row)) for row in rows[:limit]], headers=page.link(rows))


async def compare_numbers(shipping: Shipping, caller: Caller, body: KnownNumbers) -> NumbersSeen:
    """Compare the numbers of shipments."""
    return {"orders": await shipping.compare_numbers(body.highest)}


def _shipment(row: ShipmentRow) -> answers.Shipment:
    return {"order_id": row["order_id"], "tracking_id": SHIPMENTS.id(row["id"]), "status": row["status"]}


def _book(row: ShipmentRow) -> answers.ShipmentBook:
    book: answers.ShipmentBook = {
        "order_id": row["order_id"],
        "tracking_id": SHIPMENTS.id(row["id"]),
        "status": row["status"],
        "created_at": row["created_at"],
    }
    if row["order_identity"] is not None:
        book["order_identity"] = row["order_identity"]
    if row["user_id"] is not None:
        book["user_id"] = row["user_id"]
    return book


def _event(row: EventRow, cursor: str) -> answers.ShipmentEvent:
    event: answers.ShipmentEvent = {
        "cursor": cursor,
        "order_id": row["order_id"],
        "tracking_id": SHIPMENTS.id(row["shipment_id"]),
        "status": row["status"],
        "timestamp": row["timestamp"],
    }
    if row["order_identity"] is not None:
        event["order_identity"] = row["order_identity"]
    return event
