"""The rules of Orders: the view of an order, and its reversal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import minishop_client
from minishop_client.services.shipping.models import ShipmentEvent

from ...kit.clock import DAY, moment, unix_time
from ...kit.ids import ORDERS, OrderId, OrderIdentity, OrderNumber, TrackingId
from ...kit.outbox import Outbox, Transaction
from ...kit.peers import Peers, ask
from ...kit.problems import NotFound
from ...kit.tokens import Caller
from . import errors
from .checkout import Checkouts
from .fulfilment import ITSELF
from .refunds.domain import Refunds
from .rows import EventRow, LineRow, OrderRow, OrderWithLines
from .state_machine import MOVES
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
        self.refunds = Refunds(store, work, self.order)

    async def orders(self, caller: Caller, limit: int, before: int | None, status: str | None) -> list[OrderWithLines]:
        """The caller's orders with their lines, the newest first."""
        return await self._with_lines(await self._store.orders(caller.user_id, limit, before, status))

    async def order(self, caller: Caller, order_id: OrderId) -> OrderWithLines:
        """An order that the caller may see, with its lines.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        return (await self._with_lines([await self._seen(caller, order_id)]))[0]

    async def events(self, caller: Caller, order_id: OrderId, limit: int, after: int | None) -> list[EventRow]:
        """The timeline of an order that the caller may see.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        order = await self._seen(caller, order_id)
        return await self._store.events(order["id"], limit, after)

    async def books(self, limit: int, after: int | None) -> list[tuple[OrderRow, list[LineRow], bool]]:
        """All orders, the oldest first, with their lines, and whether something is still done for them."""
        orders = await self._with_lines(await self._store.all_orders(limit, after))
        open_work = await self._store.keys_of_work([ORDERS.id(order["id"]) for order, _ in orders])
        return [(order, lines, ORDERS.id(order["id"]) in open_work) for order, lines in orders]

    async def cancel(self, caller: Caller, order_id: OrderId) -> OrderWithLines:
        """The order, cancelled; stock and money are given back.

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
            except minishop_client.OtherOrder:
                pass  # Shipping has lost its parcel, and sends another one's
            except minishop_client.Delivered:
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

    async def forget_old(self, days: int) -> None:
        """Delete the digests of checkouts that are older than so many days."""
        await self._store.forget_digests(moment(unix_time() - days * DAY))

    async def track(self) -> None:
        """Read the shipment events since the last time from Shipping."""
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

    async def _arrived(self, connection: Transaction, event: ShipmentEvent) -> None:
        order, identity = ORDERS.row(OrderId(event.order_id)), event.order_identity
        if identity and not await self._store.is_order(connection, order, OrderIdentity(identity)):
            return  # the number belonged to an order that is forgotten here
        if event.status == "delivered":
            # It may be quicker than the note that it was sent.
            await self._store.move(connection, order, "ship", ITSELF, tracking_id=TrackingId(event.tracking_id))
            await self._store.move(connection, order, "deliver", ITSELF)
        elif event.status in ("returned", "cancelled"):
            await self._undone(connection, order, "call_back", ITSELF, "The parcel came back.")

    async def _undone(
        self, connection: Transaction, order: OrderNumber, move: str, actor: str, reason: str
    ) -> OrderRow | None:
        """The cancelled order, with a job that returns stock, money and parcel, or None if it is too late."""
        moved = await self._store.move(connection, order, move, actor, cancelled_by=actor, reason=reason)
        if moved is not None:
            if moved["payment_id"] is None:  # else it was bought, and its pieces leave the cart as those of any order
                await self._store.end_claim(connection, order, "none")
            connection.add("undo", ORDERS.id(order))
        return moved

    async def _seen(self, caller: Caller, order_id: OrderId) -> OrderRow:
        order = await self._store.order(ORDERS.row(order_id))
        if order is None or not caller.may_see(order["user_id"]):
            raise NotFound(f"There is no order {order_id}.")
        return order

    async def _with_lines(self, orders: Sequence[OrderRow]) -> list[OrderWithLines]:
        lines = await self._store.lines([order["id"] for order in orders])
        return [(order, lines[order["id"]]) for order in orders]
