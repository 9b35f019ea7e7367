"""The rules of Orders: a checkout charges once, and holds no stock without a payment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

import minishop_client
from minishop_client.services.catalog.models import ReservationLine

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.logging import trace
from ..kit.peers import Peers, ask
from ..kit.problems import Conflict, FieldError, Forbidden, NotFound, Problem, Unavailable, Unprocessable
from ..kit.values import ORDERS, amount, cents
from .store import Line, NewOrder, Store

DEFAULT_CARRIER = "Canada Post"
PATIENCE = timedelta(seconds=30)
"""How long an order is left to the request that made it, before the service finishes it by itself."""


class OtherUser(Forbidden):
    """A checkout for somebody else."""

    code, title = "other_user", "You can check out your own cart only"


class EmptyCart(Conflict):
    """Nothing to buy."""

    code, title = "cart_empty", "The cart is empty"


class AddressRequired(Unprocessable):
    """Nowhere to send the order."""

    code, title = "address_required", "A postal address is required"


class KeyReused(Unprocessable):
    """The key belongs to another checkout."""

    code, title = "idempotency_key_reused", "The Idempotency-Key belongs to another request"


class OutOfStock(Conflict):
    """A product of the cart is short."""

    code, title = "out_of_stock", "Not enough in stock"


class PaymentDeclined(Problem):
    """The provider said no."""

    status, code, title = 402, "payment_declined", "The payment was declined"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a checkout asks for, beside the cart."""

    user_id: int
    payment_method: str
    payment_token: str | None
    address: str | None
    carrier: str | None

    def hash(self) -> str:
        """Tells one wish from another without keeping what it says."""
        wish = [self.user_id, self.payment_method, self.payment_token, self.address, self.carrier]
        return hashlib.sha256(json.dumps(wish).encode()).hexdigest()


class Orders:
    """Checkout, and what came of it."""

    def __init__(self, store: Store, peers: Peers) -> None:
        self.database = store.database
        self._store = store
        self._peers = peers

    async def checkout(self, caller: Caller, wish: Wish, key: str | None) -> tuple[Row, bool]:
        """The paid order, and whether an earlier request with the same key made it.

        Raises:
            OtherUser, EmptyCart, AddressRequired, KeyReused: nothing was begun.
            OutOfStock, PaymentDeclined: the order is over; nothing is held or charged.
            Unavailable: it may be under way; the same key continues it, and so does the service by itself.
        """
        if wish.user_id != caller.user_id:
            error = FieldError("body", "/user_id", "other_user", "is not the caller's")
            raise OtherUser("Sign in as that user, or leave it to them.", errors=[error])
        order = await self._store.order_of_key(caller.user_id, key) if key else None
        replayed = order is not None
        if order is None:
            order, replayed = await self._open(caller, wish, key)
        if order["request_hash"] != wish.hash():
            error = FieldError("header", "/Idempotency-Key", "reused", "is that of another checkout")
            raise KeyReused("Take a new key for a new checkout.", errors=[error])
        if order["status"] == "pending":
            order = await self._settle(order)
        _refuse_lost(order)
        if not replayed:
            await self._clear_cart(caller, order)
        return await self._fulfil_or_leave(order), replayed

    async def orders(self, caller: Caller, limit: int, before: int | None) -> list[tuple[Row, list[Row]]]:
        """The caller's orders with their lines, the newest first."""
        return await self._with_lines(await self._store.orders(caller.user_id, limit, before))

    async def order(self, caller: Caller, order_id: str) -> tuple[Row, list[Row]]:
        """An order that the caller may see, with its lines.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        order = await self._store.order(ORDERS.row(order_id))
        if order is None or not caller.may_see(order["user_id"]):
            raise NotFound(f"There is no order {order_id}.")
        return (await self._with_lines([order]))[0]

    async def catch_up(self) -> None:
        """Finish what was interrupted, by a crash or by a peer that was away."""
        begun = (datetime.now(UTC) - PATIENCE).strftime("%Y-%m-%dT%H:%M:%SZ")
        for order in await self._store.unfinished(begun):
            try:
                if order["status"] == "pending":
                    order = await self._settle(order)
                if order["status"] == "paid":
                    await self._fulfil(order)
            except Exception as error:  # what one order lacks does not hold up the others
                order_id = ORDERS.id(order["id"])
                structlog.get_logger().error("order_not_finished", order=order_id, exception=trace(error))

    async def _open(self, caller: Caller, wish: Wish, key: str | None) -> tuple[Row, bool]:
        """The order row, before anything is held or charged, and whether it was there already."""
        shop = self._peers.as_caller(caller)
        profile = await ask(shop.auth.get_me())
        cart = await ask(shop.cart.get_cart())
        if not cart.items:
            # A request with the same key may have bought it all since this one looked for its order.
            order = await self._store.order_of_key(caller.user_id, key) if key else None
            if order is not None:
                return order, True
            raise EmptyCart("Put something into it first.")
        address = wish.address or profile.address
        if not address:
            error = FieldError("body", "/address", "missing", "is needed to ship the order")
            raise AddressRequired("Give an address with the checkout, or put one into your profile.", errors=[error])
        lines = [Line(item.product_id, item.quantity, cents(item.price)) for item in cart.items]
        order = await self._store.add(
            NewOrder(
                user_id=caller.user_id,
                total=sum(line.quantity * line.price for line in lines),
                payment_method=wish.payment_method,
                payment_token=wish.payment_token,
                address=address,
                carrier=wish.carrier or DEFAULT_CARRIER,
                email=profile.email,
                idempotency_key=key,
                request_hash=wish.hash(),
                lines=lines,
            )
        )
        if order is not None:
            return order, False
        assert key is not None
        order = await self._store.order_of_key(caller.user_id, key)
        assert order is not None
        return order, True

    async def _settle(self, order: Row) -> Row:
        """Hold the stock, take the money, record the outcome. Every step may be repeated, by anybody."""
        shop = self._peers.as_itself()
        order_id = ORDERS.id(order["id"])
        lines = (await self._store.lines([order["id"]]))[order["id"]]
        wanted = [ReservationLine(line["product_id"], line["quantity"]) for line in lines]
        try:
            await ask(shop.catalog.reserve_stock(order_id, lines=wanted))
        except minishop_client.Conflict as refusal:
            return await self._store.cancelled(order["id"], refusal.detail)
        payment = await ask(
            shop.payments.process_payment(
                order_id=order_id,
                amount=amount(order["total"]),
                method=order["payment_method"],
                payment_token=order["payment_token"] or minishop_client.UNSET,
            )
        )
        if payment.status == "success":
            return await self._store.paid(order["id"], payment.payment_id)
        await ask(shop.catalog.release_stock(order_id))
        return await self._store.declined(order["id"], payment.payment_id)

    async def _fulfil_or_leave(self, order: Row) -> Row:
        """Send and confirm the order now, or leave it to `catch_up`: a paid order stays paid."""
        try:
            await self._fulfil(order)
        except Unavailable:
            structlog.get_logger().warning("order_to_be_sent_later", order=ORDERS.id(order["id"]))
        return order

    async def _fulfil(self, order: Row) -> None:
        if order["confirmed"]:
            return
        shop = self._peers.as_itself()
        order_id = ORDERS.id(order["id"])
        shipment = await ask(
            shop.shipping.create_shipment(
                order_id=order_id,
                address=order["address"],
                carrier=order["carrier"],
                user_id=order["user_id"],
                recipient=order["email"],
            )
        )
        await self._store.shipped(order["id"], shipment.tracking_id)
        await ask(
            shop.notifications.send_notification(
                recipient=order["email"],
                subject="Order Confirmation",
                body=f"Your order {order_id} has been placed successfully.",
                idempotency_key=f"{order_id}.confirmation",
            )
        )
        await self._store.confirmed(order["id"])

    async def _clear_cart(self, caller: Caller, order: Row) -> None:
        try:
            await ask(self._peers.as_caller(caller).cart.clear_cart())
        except Unavailable:
            structlog.get_logger().warning("cart_not_emptied", order=ORDERS.id(order["id"]))

    async def _with_lines(self, orders: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
        lines = await self._store.lines([order["id"] for order in orders])
        return [(order, lines[order["id"]]) for order in orders]


def _refuse_lost(order: Row) -> None:
    """Raise what an order that came to nothing is answered, the first time and every time after."""
    if order["status"] == "cancelled":
        raise OutOfStock(order["reason"])
    if order["status"] == "payment_failed":
        order_id = ORDERS.id(order["id"])
        raise PaymentDeclined(f"Order {order_id} was not charged; try another way to pay.")
