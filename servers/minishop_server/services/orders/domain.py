"""The rules of Orders: what is seen of an order, and how what it took is given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import minishop_client

from ...kit.database import Row
from ...kit.idempotency import digest
from ...kit.ids import ORDERS
from ...kit.outbox import Outbox, Transaction
from ...kit.peers import Peers, ask
from ...kit.problems import Conflict, FieldError, NotFound
from ...kit.tokens import Caller
from . import errors
from .checkout import Checkouts
from .fulfilment import ITSELF
from .state_machine import MOVES, is_returnable
from .store import Store


class Orders:
    """Orders, from the checkout to the last refund."""

    def __init__(self, store: Store, peers: Peers, work: Outbox, patience: float) -> None:
        self.database = store.database
        self.work = work
        self._store = store
        self._peers = peers
        self.joined: Callable[[], Awaitable[None]]
        """Compares numbers with the other services: called once all of them run, and now and then."""
        self.checkouts = Checkouts(store, peers, work, patience)

    async def orders(
        self, caller: Caller, limit: int, before: int | None, status: str | None
    ) -> list[tuple[Row, list[Row]]]:
        """The caller's orders with their lines, the newest first."""
        return await self._with_lines(await self._store.orders(caller.user_id, limit, before, status))

    async def order(self, caller: Caller, order_id: str) -> tuple[Row, list[Row]]:
        """An order that the caller may see, with its lines.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        return (await self._with_lines([await self._seen(caller, order_id)]))[0]

    async def events(self, caller: Caller, order_id: str, limit: int, after: int | None) -> list[Row]:
        """The timeline of an order that the caller may see.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        order = await self._seen(caller, order_id)
        return await self._store.events(order["id"], limit, after)

    async def books(self, limit: int, after: int | None) -> list[tuple[Row, list[Row], bool]]:
        """All orders, the oldest first, with their lines, and whether something is still done for them."""
        orders = await self._with_lines(await self._store.all_orders(limit, after))
        open_work = await self._store.keys_of_work([ORDERS.id(order["id"]) for order, _ in orders])
        return [(order, lines, ORDERS.id(order["id"]) in open_work) for order, lines in orders]

    async def cancel(self, caller: Caller, order_id: str) -> tuple[Row, list[Row]]:
        """The order, cancelled; what was taken for it is given back.

        Raises:
            NotFound: there is none, or it is another customer's.
            NotNow: it is too late.
        """
        order = await self._seen(caller, order_id)
        move = next((move for move in ("cancel", "call_back") if order["status"] in MOVES[move].before), "cancel")
        if move == "call_back" and caller.role in MOVES[move].roles:
            call_back = self._peers.as_itself().shipping.cancel_shipment(order_id, order_identity=order["identity"])
            try:
                await ask(call_back)
            except minishop_client.Conflict as refusal:
                if refusal.code != "other_order":  # else Shipping has lost its parcel, and sends another one's
                    raise errors.ActionNotAllowed("It was delivered.") from None
        moved = None
        if caller.role in MOVES[move].roles:
            async with self.work.transaction() as connection:
                moved = await self._undone(connection, order["id"], move, caller.subject, "It was cancelled.")
        if moved is None:
            moved = await self._seen(caller, order_id)
            if moved["cancelled_by"] is None:
                raise errors.ActionNotAllowed(f"It is {moved['status']}.")
        return (await self._with_lines([moved]))[0]

    async def refund(
        self, caller: Caller, order_id: str, amount: int, reason: str | None, key: str | None
    ) -> tuple[Row, bool]:
        """The refund that was promised, of so many cents, and whether an earlier request made it.

        Raises:
            NotFound, NotNow, RefundTooLarge: there is no such order, it is not delivered, or has not so much left.
            KeyReused: the key is that of another refund.
        """
        order = await self._seen(caller, order_id)
        request_hash = digest(amount, reason)
        refund = await self._store.refund_of_key(order["id"], key) if key else None
        replayed = refund is not None
        if refund is None:
            try:
                async with self.work.transaction() as connection:
                    refund = await self._store.book_refund(
                        connection,
                        order["id"],
                        amount,
                        states=MOVES["refund"].before,
                        reason=reason,
                        key=key,
                        request_hash=request_hash,
                    )
                    if refund is not None:
                        connection.add("refund", order_id)
            except Conflict:  # another request with the key was quicker
                assert key is not None
                refund, replayed = await self._store.refund_of_key(order["id"], key), True
        if refund is None:
            order = await self._seen(caller, order_id)
            if order["status"] not in MOVES["refund"].before:
                raise errors.ActionNotAllowed(f"It is {order['status']}.")
            error = FieldError("body", "/amount", "too_large", "is more than is left")
            raise errors.RefundTooLarge("Give back less.", errors=[error])
        if refund["request_hash"] != request_hash:
            error = FieldError("header", "/Idempotency-Key", "reused", "is that of another refund")
            raise errors.KeyReused("Take a new key for a new refund.", errors=[error])
        return refund, replayed

    async def request_return(
        self, caller: Caller, order_id: str, lines: Iterable[tuple[int, int]] | None
    ) -> tuple[Row, list[Row]]:
        """The order, of which these pieces (product, quantity) are to be sent back; None for all that are left.

        Raises:
            NotFound: there is none, or it is another customer's.
            NotNow: it was not delivered, or has no money left to give back.
            NotToReturn: it has not so many pieces left.
        """
        wanted: Counter[int] | None = None if lines is None else Counter()
        for product_id, quantity in lines or ():
            assert wanted is not None
            wanted[product_id] += quantity
        order = await self._seen(caller, order_id)
        if not is_returnable(order):
            raise errors.ActionNotAllowed("All its money was given back.")
        async with self.work.transaction() as connection:
            moved = await self._store.move(connection, order["id"], "request_return", caller.subject)
            if moved is None:
                raise errors.ActionNotAllowed("Only delivered items can be returned, and only once.")
            if not await self._store.take_back(connection, order["id"], wanted):
                error = FieldError("body", "/lines", "too_many", "are more than is left")
                raise errors.NotToReturn("Return fewer items.", errors=[error])
        return (await self._with_lines([moved]))[0]

    async def accept_return(self, caller: Caller, order_id: str) -> tuple[Row, list[Row]]:
        """The order, sent back; what the pieces cost is given back.

        Raises:
            NotFound, NotNow: there is no such order, or its owner did not ask.
        """
        order = await self._seen(caller, order_id)
        async with self.work.transaction() as connection:
            moved = await self._store.move(connection, order["id"], "accept_return", caller.subject)
            if moved is not None:
                cost = await self._store.taken_back(connection, order["id"])
                refund = min(cost, moved["total"] - moved["refunded"])
                if refund:
                    states = (moved["status"],)
                    await self._store.book_refund(connection, order["id"], refund, states=states, reason="Returned")
                connection.add("refund", order_id)
        order, lines = await self.order(caller, order_id)
        if moved is None and not any(line["returned"] for line in lines):
            raise errors.ActionNotAllowed(f"It is {order['status']}.")
        return order, lines

    async def track(self) -> None:
        """Learn from Shipping what became of parcels since the last time."""
        while True:
            before = await self._store.shipping_cursor()
            shipping = self._peers.as_itself().shipping
            events = await ask(shipping.list_shipment_events(limit=100, cursor=before or minishop_client.UNSET))
            if not events:
                return
            async with self.work.transaction() as connection:
                if not await self._store.read_shipping_to(connection, before, events[-1].cursor):
                    return  # another replica did
                for event in events:
                    await self._arrived(connection, event)

    async def _arrived(self, connection: Transaction, event: Any) -> None:
        order = ORDERS.row(event.order_id)
        if event.order_identity and not await self._store.is_order(connection, order, event.order_identity):
            return  # the number belonged to an order that is forgotten here
        if event.status == "delivered":
            # It may be quicker than the note that it was sent.
            await self._store.move(connection, order, "ship", ITSELF, tracking_id=event.tracking_id)
            await self._store.move(connection, order, "deliver", ITSELF)
        elif event.status in ("returned", "cancelled"):
            await self._undone(connection, order, "call_back", ITSELF, "The parcel came back.")

    async def _undone(self, connection: Transaction, order: int, move: str, actor: str, reason: str) -> Row | None:
        """The cancelled order, whose stock, money and parcel are given back next; None where it is too late."""
        changes = {"cancelled_by": actor, "reason": reason, "payment_token": None}
        moved = await self._store.move(connection, order, move, actor, **changes)
        if moved is not None:
            if moved["payment_id"] is None:  # else it was bought, and its pieces leave the cart as those of any order
                await self._store.end_claim(connection, order, "none")
            connection.add("undo", ORDERS.id(order))
        return moved

    async def _seen(self, caller: Caller, order_id: str) -> Row:
        order = await self._store.order(ORDERS.row(order_id))
        if order is None or not caller.may_see(order["user_id"]):
            raise NotFound(f"There is no order {order_id}.")
        return order

    async def _with_lines(self, orders: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
        lines = await self._store.lines([order["id"] for order in orders])
        return [(order, lines[order["id"]]) for order in orders]
