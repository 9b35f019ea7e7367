"""Orders over HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minishop_contracts.models.orders import Checkout

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.health import livez, readyz
from ..kit.paging import cursor_row, link_header
from ..kit.reply import Reply
from ..kit.values import ORDERS, amount
from .domain import Orders, Wish

__all__ = ["checkout", "get_order", "list_orders", "livez", "readyz"]

OPTIONAL = ("payment_id", "tracking_id")


async def checkout(orders: Orders, caller: Caller, body: Checkout, idempotency_key: str | None = None) -> Reply:
    """Buy what is in your cart."""
    key = None if idempotency_key is None else idempotency_key.strip('"')
    wish = Wish(body.user_id, body.payment_method.value, body.payment_token, body.address, body.carrier)
    order, replayed = await orders.checkout(caller, wish, key)
    order_id = ORDERS.id(order["id"])
    headers = {"Location": f"/orders/{order_id}"}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    answer = {"order_id": order_id, "status": order["status"], "total": amount(order["total"])}
    return Reply(answer, headers=headers)


async def list_orders(orders: Orders, caller: Caller, limit: int, cursor: str | None = None) -> Reply:
    """List your orders."""
    found = await orders.orders(caller, limit + 1, cursor_row(cursor))
    headers = link_header("/orders", [order for order, _ in found], limit, {})
    return Reply([_order(order, lines) for order, lines in found[:limit]], headers=headers)


async def get_order(orders: Orders, caller: Caller, order_id: str) -> dict[str, Any]:
    """Read an order."""
    return _order(*await orders.order(caller, order_id))


def _order(order: Row, lines: Iterable[Row]) -> dict[str, Any]:
    return {
        "order_id": ORDERS.id(order["id"]),
        "user_id": order["user_id"],
        "status": order["status"],
        "total": amount(order["total"]),
        "lines": [
            {
                "product_id": line["product_id"],
                "quantity": line["quantity"],
                "price": amount(line["price"]),
            }
            for line in lines
        ],
        "payment_method": order["payment_method"],
        **{name: order[name] for name in OPTIONAL if order[name] is not None},
        "address": order["address"],
        "carrier": order["carrier"],
        "created_at": order["created_at"],
    }
