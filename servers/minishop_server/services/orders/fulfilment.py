"""The jobs of an order, retried until they are done: one handler for each kind.

Every effect is keyed by the order and safe to repeat, so a handler begins anew each time; its result is recorded
by a guarded move. A handler that was overtaken, by another replica or by a cancellation, records nothing. No timeout
is taken for a refusal: `ask` raises Unavailable, and the job is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Unpack, cast

import minishop_client
from minishop_client.services.cart.models import BoughtLine
from minishop_client.services.catalog.models import ReservationLine

from ...kit.ids import ORDERS, OrderId, PaymentId, TrackingId
from ...kit.outbox import Finish, Handler, Job, Transaction
from ...kit.peers import Peers, ask
from ...kit.problems import Unavailable
from .confirmation import confirmation
from .peers import charge, give_back
from .refunds.store import Store as RefundStore
from .rows import LineRow, OrderChanges, OrderRow, OrderWithLines
from .store import Store

ITSELF = "service_orders"
"""The actor of moves without a caller."""


class Fulfilment:
    """The handlers of jobs, each of which returns the function that records its result."""

    def __init__(self, store: Store, peers: Peers) -> None:
        self._store = store
        self._refunds = RefundStore(store.database)
        self._peers = peers

    def handlers(self) -> Mapping[str, Handler]:
        """The handlers by kind of job, all of which have the id of an order as their key."""
        return {
            "checkout": self.settle,
            "ship": self.ship,
            "notify": self.notify,
            "clear_cart": self.clear_cart,
            "commit_stock": self.commit_stock,
            "undo": self.undo,
            "refund": self.refund,
        }

    async def settle(self, job: Job) -> Finish | None:
        """Hold the stock and take the money."""
        order, lines = await self._order_with_lines(job)
        if order["status"] != "pending":
            return None
        shop = self._peers.as_itself()
        wanted = [ReservationLine(line["product_id"], line["quantity"]) for line in lines]
        try:
            await ask(shop.catalog.reserve_stock(job.key, lines=wanted, order_identity=order["identity"]))
        except minishop_client.OtherOrder:
            return self._renumbered(order)
        except minishop_client.OutOfStock as refusal:
            return self._moved(order, "run_short", reason=refusal.detail, cart="none")
        except minishop_client.ReservationOver:
            pass  # an earlier try gave it back, as the payment was refused: Payments says so again, and never charges
        try:
            payment = await charge(self._peers, order)
        except minishop_client.OtherOrder:
            await ask(shop.catalog.release_stock(job.key, order_identity=order["identity"]))
            return self._renumbered(order)
        if payment.status == "pending":
            raise Unavailable("The payment is not decided yet.")
        payment_id = PaymentId(payment.payment_id)
        if payment.status == "success":
            return self._paid(order, lines, payment_id)
        await ask(shop.catalog.release_stock(job.key, order_identity=order["identity"]))
        reason = payment.reason or None
        return self._moved(order, "decline", payment_id=payment_id, reason=reason, cart="none")

    async def ship(self, job: Job) -> Finish | None:
        """Hand it over to Shipping."""
        order, _ = await self._order_with_lines(job)
        if order["status"] != "paid":
            return None
        try:
            shipment = await ask(
                self._peers.as_itself().shipping.create_shipment(
                    order_id=job.key,
                    order_identity=order["identity"],
                    address=order["address"],
                    carrier=order["carrier"],
                    user_id=order["user_id"],
                    recipient=order["email"],
                )
            )
        except minishop_client.ShipmentCancelled:
            return None  # it was called back before it left
        return self._moved(order, "ship", tracking_id=TrackingId(shipment.tracking_id))

    async def notify(self, job: Job) -> Finish | None:
        """Tell the customer that it was placed."""
        order, lines = await self._order_with_lines(job)
        message = self._peers.as_itself().notifications.send_notification(
            recipient=order["email"],
            subject="Order Confirmation",
            body=confirmation(order, lines),
            idempotency_key=f"{order['identity']}.confirmation",
        )
        with suppress(minishop_client.IdempotencyKeyReused):  # it was told already, in the words of an earlier version
            await ask(message)

        async def record(connection: Transaction) -> None:
            await self._store.note(connection, order["id"], "confirmed", ITSELF)

        return record

    async def clear_cart(self, job: Job) -> Finish | None:
        """Remove the bought items from the cart."""
        order, lines = await self._order_with_lines(job)
        bought = [BoughtLine(line["product_id"], line["quantity"]) for line in lines]
        await ask(self._peers.as_itself().cart.take_bought_pieces(order["user_id"], order["identity"], lines=bought))

        async def record(connection: Transaction) -> None:
            await self._store.end_claim(connection, order["id"], "taken")

        return record

    async def commit_stock(self, job: Job) -> None:
        """Have the stock counted as sold."""
        known, _ = await self._order_with_lines(job)
        try:
            await ask(self._peers.as_itself().catalog.commit_reservation(job.key, order_identity=known["identity"]))
        except (minishop_client.NotHeld, minishop_client.OtherOrder):
            order = await self._order(job)
            if order is None or order["cancelled_by"] is None:  # else it was given back already
                raise

    async def undo(self, job: Job) -> Finish | None:
        """Cancel the shipment and return the money and the stock, so that later effects are refused."""
        order = await self._order(job, "cancelled")
        if order is None:
            return None
        shop, identity = self._peers.as_itself(), order["identity"]
        # A peer that has the number for another order has nothing of this one.
        with suppress(minishop_client.OtherOrder, minishop_client.Delivered):  # it arrived, and is the customer's
            await ask(shop.shipping.cancel_shipment(job.key, order_identity=identity))
        with suppress(minishop_client.OtherOrder):
            await ask(shop.payments.void_order_payment(job.key, order_identity=identity))
        with suppress(minishop_client.OtherOrder):
            await ask(shop.catalog.release_stock(job.key, order_identity=identity))
        if order["payment_id"] is None:
            return None
        return self._moved(order, "give_back", refunded=order["total"])

    async def refund(self, job: Job) -> Finish | None:
        """Make the refunds that were promised."""
        order = await self._order(job)
        assert order is not None
        due = await self._refunds.due(order["id"])
        whole = order["refunded"] == order["total"]
        if order["total"] == 0:  # pieces decide if there is no money
            lines = await self._store.lines_of(order["id"])
            whole = all(line["returned"] == line["quantity"] for line in lines)
        for refund in due:
            await give_back(self._peers, order, refund)

        async def record(connection: Transaction) -> None:
            for refund in due:
                await self._refunds.made(connection, refund["id"])
                await self._store.note(connection, order["id"], "money_returned", ITSELF)
            await self._store.move(connection, order["id"], "refund" if whole else "refund_partly", ITSELF)

        return record

    async def _order_with_lines(self, job: Job) -> OrderWithLines:
        """The order of the job as it was when it was added, or as it is now."""
        if job.known is not None:
            return cast(OrderWithLines, job.known)
        order = await self._order(job)
        assert order is not None
        return order, await self._store.lines_of(order["id"])

    async def _order(self, job: Job, status: str | None = None) -> OrderRow | None:
        """The order of the job as it is now, if it is in this state, or in any."""
        order = await self._store.order(ORDERS.row(OrderId(job.key)))
        return order if order is not None and status in (None, order["status"]) else None

    def _moved(self, order: OrderRow, move: str, **changes: Unpack[OrderChanges]) -> Finish:
        async def record(connection: Transaction) -> OrderRow | None:
            return await self._store.move(connection, order["id"], move, ITSELF, **changes)

        return record

    def _renumbered(self, order: OrderRow) -> Finish:
        """The next number: at a peer, this one belongs to an order that a restored database has forgotten."""

        async def record(connection: Transaction) -> None:
            number = await self._store.renumber(connection, order)
            if number is not None:
                connection.add("checkout", ORDERS.id(number))

        return record

    def _paid(self, order: OrderRow, lines: list[LineRow], payment_id: PaymentId) -> Finish:
        """The charge, and the jobs that follow from it."""
        key = ORDERS.id(order["id"])

        async def record(connection: Transaction) -> OrderRow | None:
            paid = await self._store.move(connection, order["id"], "pay", ITSELF, payment_id=payment_id)
            if paid is None:
                return None  # it was cancelled meanwhile, and the money is given back
            known: OrderWithLines = paid, lines
            connection.add("clear_cart", key, known=known)
            connection.add("ship", key, known=known)
            connection.add("notify", key, known=known)
            connection.add("commit_stock", key, known=known)
            return paid

        return record
