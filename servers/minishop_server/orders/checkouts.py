"""The rules of a checkout: one order and one charge, whoever asks how often, and whatever is cut off."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.peers import Peers, ask
from ..kit.problems import FieldError
from ..kit.values import ORDERS, cents, digest
from ..kit.work import Work
from . import refusals
from .states import is_lost
from .store import Line, NewOrder, Store

DEFAULT_CARRIER = "Canada Post"
LOOK = 0.1
"""Seconds between two looks at an order that another process is at."""
CART_SECONDS = 1.0
"""How long an answer waits for the cart to be emptied, so that what the shopper does next finds it so."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a checkout asks for, beside the cart; the total in cents."""

    user_id: int
    payment_method: str
    payment_token: str | None
    address: str | None
    carrier: str | None
    expected_total: int | None

    def hash(self) -> str:
        """Tells one wish from another without keeping what it says."""
        return digest(*astuple(self))


class Checkouts:
    """Carts becoming orders. `patience`: seconds that a checkout waits for its outcome."""

    def __init__(self, store: Store, peers: Peers, work: Work, patience: float) -> None:
        self._store = store
        self._peers = peers
        self._work = work
        self._patience = patience

    async def buy(self, caller: Caller, wish: Wish, key: str | None) -> tuple[Row, bool]:
        """The order, paid or still pending, and whether an earlier request made it.

        Raises:
            OtherUser, EmptyCart, AddressRequired, PriceChanged, CartBought, KeyReused: nothing was begun.
            OutOfStock, PaymentDeclined, OrderCancelled: the order is over; nothing is held or charged.
            Unavailable: nothing was begun, as a peer does not answer.
        """
        if wish.user_id != caller.user_id:
            error = FieldError("body", "/user_id", "other_user", "is not the caller's")
            raise refusals.OtherUser("Sign in as that user, or leave it to them.", errors=[error])
        order = await self._store.order_of_key(caller.user_id, key) if key else None
        replayed = order is not None
        if order is None:
            order, replayed = await self._open(caller, wish, key)
        if order["request_hash"] != wish.hash():
            error = FieldError("header", "/Idempotency-Key", "reused", "is that of another checkout")
            raise refusals.KeyReused("Take a new key for a new checkout.", errors=[error])
        order = await self._outcome(order)
        if is_lost(order):
            raise _refusal(order)
        return order, replayed

    async def _open(self, caller: Caller, wish: Wish, key: str | None) -> tuple[Row, bool]:
        """The order row, before anything is held or charged, and whether it was there already."""
        profile = await ask(self._peers.as_caller(caller).auth.get_me(), by_caller=True)
        cart = await ask(self._peers.as_itself().cart.get_cart_for_checkout(caller.user_id))
        if not cart.lines:
            # A request with the same key may have bought it all since this one looked for its order.
            order = await self._store.order_of_key(caller.user_id, key) if key else None
            if order is not None:
                return order, True
            raise refusals.EmptyCart("Put something into it first.")
        address = wish.address or profile.address
        if not address:
            error = FieldError("body", "/address", "missing", "is needed to ship the order")
            raise refusals.AddressRequired("Give one with the checkout, or put one into your profile.", errors=[error])
        lines = await self._priced(cart.lines, wish.expected_total)
        new = NewOrder(
            user_id=caller.user_id,
            total=sum(line.quantity * line.price for line in lines),
            payment_method=wish.payment_method,
            payment_token=wish.payment_token,
            address=address,
            carrier=wish.carrier or DEFAULT_CARRIER,
            email=profile.email,
            idempotency_key=key,
            cart_version=cart.version,
            request_hash=wish.hash(),
            lines=lines,
        )
        async with self._work.transaction() as connection:
            order = await self._store.add(connection, new, caller.subject)
            if order is not None:
                connection.add("checkout", ORDERS.id(order["id"]))
                return order, False
        return await self._earlier(new), True

    async def _earlier(self, new: NewOrder) -> Row:
        """The order that is in the way of a new one."""
        key = new.idempotency_key
        order = await self._store.order_of_key(new.user_id, key) if key else None
        if order is None:
            order = await self._store.order_of_cart(new.user_id, new.cart_version)
            if order is None or key is not None or order["request_hash"] != new.request_hash:
                raise refusals.CartBought("Another checkout of this cart is under way, or done.")
        return order

    async def _priced(self, shown: Sequence[Any], expected_total: int | None) -> list[Line]:
        """The lines of a cart at the prices of now; raises PriceChanged where the shopper was told others."""
        products = await ask(
            self._peers.as_itself().catalog.list_products(ids=[line.product_id for line in shown], limit=100)
        )
        prices = {product.id: cents(product.price) for product in products}
        lines = [Line(line.product_id, line.quantity, prices.get(line.product_id, -1)) for line in shown]
        changed = {place for place, line in enumerate(lines) if line.price != cents(shown[place].shown_price)}
        gone = any(line.price < 0 for line in lines)
        total = sum(line.quantity * line.price for line in lines)
        if gone or (changed if expected_total is None else total != expected_total):
            errors = [
                FieldError(
                    "body", f"/items/{place}", "price_changed", f"product {lines[place].product_id} has another price"
                )
                for place in sorted(changed)
            ]
            raise refusals.PriceChanged("Read the cart again; `errors` names its lines.", errors=errors)
        return lines

    async def _outcome(self, order: Row) -> Row:
        """The order once it is settled, or as it is when patience ends."""
        order_id, end = ORDERS.id(order["id"]), time.monotonic() + self._patience
        while order["status"] == "pending" and (left := end - time.monotonic()) > 0:
            if not await self._work.wait("checkout", order_id, min(LOOK * 10, left)):
                await asyncio.sleep(min(LOOK, left))
            found = await self._store.order(order["id"])
            assert found is not None
            order = found
        await self._work.wait("clear_cart", order_id, CART_SECONDS, recorded=False)
        return order


def _refusal(order: Row) -> Exception:
    """What an order that came to nothing is answered, the first time and every time after."""
    order_id = ORDERS.id(order["id"])
    if order["status"] == "payment_failed":
        why = f" ({order['reason']})" if order["reason"] else ""
        return refusals.PaymentDeclined(f"Order {order_id} was not charged{why}; try another way to pay.")
    if order["cancelled_by"] is not None:
        return refusals.OrderCancelled(f"Order {order_id} was cancelled; nothing was charged.")
    return refusals.OutOfStock(order["reason"])
