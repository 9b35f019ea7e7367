"""The rules of a checkout: one order and one charge, for any number of requests and interruptions."""

from __future__ import annotations

import asyncio
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

from ...kit.clock import monotonic
from ...kit.idempotency import digest, require_same
from ...kit.ids import ORDERS, OrderIdentity, ProductId, UserId
from ...kit.money import Cents
from ...kit.outbox import Outbox
from ...kit.peers import Peers, ask
from ...kit.problems import FieldError
from ...kit.tokens import Caller
from . import errors
from .peers import ShownLine, offers, shown_cart
from .rows import Line, NewOrder, OrderRow
from .state_machine import is_lost
from .store import Store

DEFAULT_CARRIER = "Canada Post"
LOOK = 0.1
"""Seconds between two looks at an order that another process is at."""
CART_SECONDS = 1.0
"""How long an answer waits for the pieces to leave the cart, so that the next request finds it so."""
MOST_ASKED = 100
"""Maximum number of orders that Cart is asked about.

Pieces of other orders count as still in the cart, so a checkout may buy too few, but never a piece twice.
"""


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """The wishes of a shopper, beside the cart."""

    user_id: UserId
    payment_method: str
    payment_token: str | None
    address: str | None
    carrier: str | None
    expected_total: Cents | None

    def hash(self) -> str:
        """Identifies a request without storing its content."""
        shipping = self.address, self.carrier
        return digest(self.user_id, self.payment_method, self.payment_token, *shipping, self.expected_total)


class Checkouts:
    """Turns carts into orders.

    Args:
        patience: seconds that a checkout waits for its result.
    """

    def __init__(self, store: Store, peers: Peers, work: Outbox, patience: float) -> None:
        self._store = store
        self._peers = peers
        self._outbox = work
        self.patience = patience

    async def buy(self, caller: Caller, request: CheckoutRequest, key: str | None) -> tuple[OrderRow, bool]:
        """The order, paid or still pending, and whether an earlier request made it.

        Raises:
            OtherUser, EmptyCart, AddressRequired, PriceChanged, CartBought, KeyReused: nothing was begun.
            OutOfStock, PaymentDeclined, OrderCancelled: the order is over; nothing is held or charged.
            Unavailable: nothing was begun, as a peer does not answer.
        """
        if request.user_id != caller.user_id:
            error = FieldError("body", "/user_id", "other_user", "is not the caller's")
            raise errors.OtherUser("Sign in as that user, or leave it to them.", errors=[error])
        order, replayed = await self._open(caller, request, key)
        require_same(order["request_hash"], request.hash(), "checkout")
        order = await self._outcome(order)
        if is_lost(order):
            raise _refusal(order)
        return order, replayed

    async def _open(self, caller: Caller, request: CheckoutRequest, key: str | None) -> tuple[OrderRow, bool]:
        """The order row, before anything is held or charged, and whether it was there already."""
        turn, claimed, keyed = await self._store.claims(caller.user_id, key)
        if keyed is not None:
            return await self._store.order_of_identity(keyed), True
        profile = await ask(self._peers.as_caller(caller).auth.get_me(), by_caller=True)
        while keyed is None:
            cart, left, buying = await self._unclaimed(caller.user_id, claimed)
            # A request with the same key may have bought it all since this one looked for its order.
            order = await self._store.order_of_key(caller.user_id, key) if key and not left else None
            if order is not None:
                return order, True
            if not cart:
                raise errors.EmptyCart("Put something into it first.")
            if not left:
                return await self._repeated(buying[-1], request, key), True
            address = request.address or profile.address
            if not address or _is_blank(address):
                error = FieldError("body", "/address", "missing", "is needed to ship the order")
                detail = "Give one with the checkout, or put one into your profile."
                raise errors.AddressRequired(detail, errors=[error])
            lines = await self._priced(cart, left, request.expected_total)
            new = NewOrder(
                identity=OrderIdentity(str(uuid4())),
                user_id=caller.user_id,
                total=_total(lines),
                payment_method=request.payment_method,
                payment_token=request.payment_token,
                address=address,
                carrier=request.carrier or DEFAULT_CARRIER,
                email=profile.email,
                idempotency_key=key,
                turn=turn + 1,
                request_hash=request.hash(),
                lines=lines,
            )
            async with self._outbox.transaction() as connection:
                added = await self._store.add(connection, new, caller.subject)
                if added is not None:
                    order, _ = added
                    connection.add("checkout", ORDERS.id(order["id"]), known=added)
                    return order, False
            # Another checkout had this turn, or has the key: its claims are not bought twice.
            turn, claimed, keyed = await self._store.claims(caller.user_id, key)
        return await self._store.order_of_identity(keyed), True

    async def _unclaimed(
        self, user_id: UserId, claimed: Mapping[OrderIdentity, Counter[ProductId]]
    ) -> tuple[Sequence[ShownLine], Counter[ProductId], list[OrderIdentity]]:
        """The lines of a cart, the pieces by product that no order claims in it, and the orders that claim the rest."""
        cart = await shown_cart(self._peers, user_id, list(claimed)[:MOST_ASKED])
        present = Counter({line.product_id: line.quantity for line in cart.lines})
        left, buying = present.copy(), list[OrderIdentity]()
        for order, pieces in claimed.items():
            if order not in cart.taken and present.keys() & pieces.keys():
                left -= pieces
                buying.append(order)
        return cart.lines, left, buying

    async def _repeated(self, newest: OrderIdentity, request: CheckoutRequest, key: str | None) -> OrderRow:
        """The newest order that buys the cart, if this is the same checkout again.

        Raises CartBought for another checkout.
        """
        order = await self._store.order_of_identity(newest)
        if key is not None or order["request_hash"] != request.hash():
            raise errors.CartBought(f"Order {ORDERS.id(order['id'])} is already buying its items.")
        return order

    async def _priced(
        self, cart: Sequence[ShownLine], left: Mapping[ProductId, int], expected_total: Cents | None
    ) -> list[Line]:
        """The unclaimed items at current prices.

        Raises PriceChanged if the customer saw others.
        """
        sold = await offers(self._peers, left.keys())
        lines, changed = list[Line](), list[int]()
        for place, shown in enumerate(cart):
            if quantity := left.get(shown.product_id):
                offer = sold.get(shown.product_id)
                if offer is not None:
                    lines.append(Line(shown.product_id, quantity, offer.name, offer.price))
                if offer is None or offer.price != shown.shown_price:
                    changed.append(place)
        gone = left.keys() - sold.keys()
        if gone or (changed if expected_total is None else _total(lines) != expected_total):
            fields = [
                FieldError(
                    "body", f"/items/{place}", "price_changed", f"product {cart[place].product_id} has another price"
                )
                for place in changed
            ]
            raise errors.PriceChanged("Read the cart again; `errors` names its lines.", errors=fields)
        return lines

    async def _outcome(self, order: OrderRow) -> OrderRow:
        """The order once it is settled, or as it is when patience ends."""
        end = monotonic() + self.patience
        while order["status"] == "pending" and (left := end - monotonic()) > 0:
            job = await self._outbox.wait("checkout", ORDERS.id(order["id"]), min(LOOK * 10, left))
            if job is not None and job.result is not None:
                order = cast(OrderRow, job.result)
                break
            if job is None:
                await asyncio.sleep(min(LOOK, left))
            order = await self._store.order_of_identity(order["identity"])  # it may have another number by now
        await self._outbox.wait("clear_cart", ORDERS.id(order["id"]), CART_SECONDS, recorded=False)
        return order


def _total(lines: Sequence[Line]) -> Cents:
    return Cents(sum(line.quantity * line.price for line in lines))


def _is_blank(address: str) -> bool:
    """Whether an address has no visible character, as old profiles may have it."""
    return all(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs") for character in address)


def _refusal(order: OrderRow) -> Exception:
    """The error for an order that has failed, the first time and every time after."""
    order_id = ORDERS.id(order["id"])
    if order["status"] == "payment_failed":
        why = f" ({order['reason']})" if order["reason"] else ""
        return errors.PaymentDeclined(f"Order {order_id} was not charged{why}; try another way to pay.")
    if order["cancelled_by"] is not None:
        return errors.OrderCancelled(f"Order {order_id} was cancelled; nothing was charged.")
    return errors.OutOfStock(order["reason"] or "")
