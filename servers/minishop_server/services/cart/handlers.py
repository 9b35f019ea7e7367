"""Cart over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minishop_contracts.answers import cart as answers
from minishop_contracts.models import cart as models
from minishop_contracts.reply import Reply

from ...kit.etags import Condition, etag
from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.ids import OrderIdentity, ProductId, UserId
from ...kit.money import amount
from ...kit.paging import Page
from ...kit.tokens import Caller
from .domain import Cart, CartBook, Carts

if TYPE_CHECKING:
    from minishop_contracts.interfaces.cart import Handlers

    from . import handlers

    _: Handlers[Carts, Caller] = handlers


async def get_cart(carts: Carts, caller: Caller) -> Reply[answers.Cart]:
    """Read your cart."""
    return _cart(await carts.cart(caller))


async def clear_cart(carts: Carts, caller: Caller, if_match: str | None = None) -> None:
    """Empty your cart."""
    await carts.clear(caller, None if if_match is None else Condition(if_match))


async def add_cart_item(carts: Carts, caller: Caller, body: models.CartItemInput) -> Reply[answers.Cart]:
    """Add a product to your cart."""
    return _cart(await carts.add(caller, ProductId(body.product_id), body.quantity), Location="/cart")


async def update_cart_item(
    carts: Carts, caller: Caller, product_id: int, body: models.CartItemEdit
) -> Reply[answers.Cart]:
    """Set the quantity of a line."""
    return _cart(await carts.update(caller, ProductId(product_id), body.quantity))


async def remove_cart_item(carts: Carts, caller: Caller, product_id: int) -> None:
    """Remove a line."""
    await carts.remove(caller, ProductId(product_id))


async def list_carts(
    carts: Carts, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.CartBook]]:
    """List carts."""
    page = Page("/cart/users", limit, cursor)
    found = await carts.all_shown(page.fetch, page.after_row)
    headers = page.link([{"id": book.cart.user_id} for book in found])
    return Reply([_book(book) for book in found[:limit]], headers=headers)


async def get_cart_for_checkout(
    carts: Carts, caller: Caller, user_id: int, orders: Sequence[str] = ()
) -> answers.ShownCart:
    """Read a cart that is being bought."""
    cart, taken = await carts.shown(UserId(user_id), [OrderIdentity(order) for order in orders])
    return {"user_id": user_id, "version": cart.version, "lines": _lines(cart), "taken": [*taken]}


async def take_bought_pieces(
    carts: Carts, caller: Caller, user_id: int, order_identity: str, body: models.BoughtPieces
) -> None:
    """Take the pieces of an order out of a cart."""
    lines = [(ProductId(line.product_id), line.quantity) for line in body.lines]
    await carts.take_bought(UserId(user_id), OrderIdentity(order_identity), lines)


async def get_highest_numbers(carts: Carts, caller: Caller) -> answers.CartNumbers:
    """Read the highest numbers in carts."""
    highest = await carts.highest_numbers()
    return {"users": highest["users"], "products": highest["products"]}


def _cart(cart: Cart, **headers: str) -> Reply[answers.Cart]:
    body: answers.Cart = {
        "items": [
            {
                "product_id": line.product_id,
                "quantity": line.quantity,
                "price": amount(line.price),
            }
            for line in cart.lines
        ],
        "total_items": len(cart.lines),
        "total_price": amount(cart.total),
    }
    return Reply(body, headers=etag(cart.version) | headers)


def _lines(cart: Cart) -> list[answers.ShownLine]:
    return [
        {"product_id": line.product_id, "quantity": line.quantity, "shown_price": amount(line.price)}
        for line in cart.lines
    ]


def _book(book: CartBook) -> answers.CartBook:
    return {
        "user_id": book.cart.user_id,
        "version": book.cart.version,
        "lines": _lines(book.cart),
        "bought": book.bought,
        "excess": book.excess,
    }
