"""Cart over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.cart import CartItemEdit, CartItemInput

from ..kit.auth import Caller
from ..kit.health import livez, readyz
from ..kit.reply import Reply
from ..kit.values import amount
from .domain import Carts, Line

__all__ = [
    "add_cart_item",
    "clear_cart",
    "get_cart",
    "livez",
    "readyz",
    "remove_cart_item",
    "update_cart_item",
]


async def get_cart(carts: Carts, caller: Caller) -> dict[str, Any]:
    """Read your cart."""
    return _cart(await carts.cart(caller))


async def clear_cart(carts: Carts, caller: Caller) -> None:
    """Empty your cart."""
    await carts.clear(caller)


async def add_cart_item(carts: Carts, caller: Caller, body: CartItemInput) -> Reply:
    """Add a product to your cart."""
    lines = await carts.add(caller, body.product_id, body.quantity)
    return Reply(_cart(lines), headers={"Location": "/cart"})


async def update_cart_item(carts: Carts, caller: Caller, product_id: int, body: CartItemEdit) -> dict[str, Any]:
    """Set the quantity of a line."""
    return _cart(await carts.update(caller, product_id, body.quantity))


async def remove_cart_item(carts: Carts, caller: Caller, product_id: int) -> None:
    """Remove a line."""
    await carts.remove(caller, product_id)


def _cart(lines: list[Line]) -> dict[str, Any]:
    return {
        "items": [
            {
                "product_id": line.product_id,
                "quantity": line.quantity,
                "price": amount(line.price),
            }
            for line in lines
        ],
        "total_items": len(lines),
        "total_price": amount(sum(line.quantity * line.price for line in lines)),
    }
