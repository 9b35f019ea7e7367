"""The rules of Shipping: parcels move forward, and every move is told."""

from __future__ import annotations

from collections.abc import Mapping

from ...kit.clock import DAY, moment, unix_time
from ...kit.database import Numbers
from ...kit.documents import calls
from ...kit.ids import Numbering, OrderId, OrderIdentity, TrackingId, UserId
from ...kit.order_identity import require_same_order
from ...kit.outbox import Job, Outbox
from ...kit.peers import Peers, ask
from ...kit.problems import NotFound
from ...kit.settings import SERVICES
from ...kit.tokens import Caller
from .errors import Delivered, NotForward, ShipmentCancelled
from .rows import EventRow, ShipmentRow, Status, Told
from .state_machine import MOVES, REPORTED
from .store import Store

SHIPMENTS = Numbering("SHIP", 888, TrackingId, int)
READERS = [name for name in SERVICES if "shipping.list_shipment_events" in calls(name)]
"""The services that follow the feed."""
WORDS: Mapping[Status, str] = {
    "in_transit": "is on its way",
    "out_for_delivery": "is out for delivery",
    "delivered": "has been delivered",
    "exception": "has been held up",
    "returned": "is on its way back to us",
}


class Shipping:
    """Shipments."""

    def __init__(self, store: Store, peers: Peers, numbers: Numbers) -> None:
        self._numbers = numbers
        self.database = store.database
        self.work = Outbox(store.database, {"tell": self._tell})
        self._store = store
        self._peers = peers

    async def compare_numbers(self, highest: int) -> int:
        """Learn the highest number of a shipment that others know, and return that of an order with a shipment."""
        await self._numbers.learn(SHIPMENTS.row_of_number(highest))
        return await self._store.highest_order()

    async def create(
        self,
        order_id: OrderId,
        address: str,
        carrier: str,
        user_id: UserId | None,
        recipient: str | None,
        identity: OrderIdentity | None = None,
    ) -> tuple[ShipmentRow, bool]:
        """The shipment of the order, and whether this call made it.

        Raises:
            ShipmentCancelled: the order is not to be sent any more.
            OtherOrder: the number is that of an order of another identity.
        """
        shipment, new = await self._store.open(order_id, identity, address, carrier, user_id, recipient)
        require_same_order(order_id, shipment["order_identity"], identity)
        if shipment["status"] == "cancelled":
            raise ShipmentCancelled("The shipment of this order was called back.")
        return shipment, new

    async def cancel(self, order_id: OrderId, identity: OrderIdentity | None = None) -> None:
        """Call the parcel back; where there is none, let none be made.

        Raises:
            Delivered: the customer has it.
            OtherOrder: the number is that of an order of another identity.
        """
        async with self.work.transaction() as connection:
            if await self._store.mark_cancelled(connection, order_id, identity):
                return
        shipment = await self._store.shipment(order_id)
        assert shipment is not None  # shipments are never deleted, and keep their identity
        require_same_order(order_id, shipment["order_identity"], identity)
        async with self.work.transaction() as connection:
            shipment = await self._store.move(connection, order_id, MOVES["call_back"])
        shipment = shipment or await self._store.shipment(order_id)
        if shipment is not None and shipment["status"] == "delivered":
            raise Delivered("The parcel was delivered.")

    async def shipments(self, limit: int, after: int | None) -> list[ShipmentRow]:
        """All shipments, the oldest first."""
        return await self._store.shipments(limit, after)

    async def events(self, caller: Caller, limit: int, after: int | None) -> list[EventRow]:
        """The moves of all shipments, in the order in which they came about.

        A service that asks for the events after one has read that one.
        """
        if caller.role == "service":
            await self._store.read_to(caller.username, after or 0)
        return await self._store.events(limit, after)

    async def forget_old(self, days: int) -> None:
        """Delete events that are older than so many days and that all readers have read."""
        await self._store.forget_events(READERS, moment(unix_time() - days * DAY))

    async def shipment(self, caller: Caller, order_id: OrderId) -> ShipmentRow:
        """A shipment that the caller may see.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        shipment = await self._store.shipment(order_id)
        if shipment is None or not caller.may_see(shipment["user_id"]):
            raise NotFound(f"Nothing was sent for order {order_id}.")
        return shipment

    async def move(self, caller: Caller, order_id: OrderId, status: Status) -> ShipmentRow:
        """The shipment, moved on; the customer is told. Where it is there already, nothing happens.

        Raises:
            NotFound: there is none.
            NotForward: it cannot go there from where it is.
        """
        reported, moved = REPORTED.get(status), None
        if reported is not None:
            async with self.work.transaction() as connection:
                moved = await self._store.move(connection, order_id, reported)
                if moved is not None and moved["recipient"] is not None:
                    key = f"{SHIPMENTS.id(moved['id'])}.{moved['moves']}.{status}"
                    told: Told = {"order_id": order_id, "status": status, "recipient": moved["recipient"]}
                    connection.add("tell", key, told)
        if moved is None:
            moved = await self.shipment(caller, order_id)
            if moved["status"] != status:
                raise NotForward(f"It is {moved['status']}, from where it cannot go to {status}.")
        return moved

    async def _tell(self, job: Job) -> None:
        """Notify the customer of a move.

        The key of the job is that of the message, and begins with the tracking id.
        """
        told: Told = job.payload
        order_id, words = told["order_id"], WORDS[told["status"]]
        tracking_id = job.key.partition(".")[0]
        await ask(
            self._peers.as_itself().notifications.send_notification(
                recipient=told["recipient"],
                subject=f"Your order {order_id} {words}",
                body=f"Your order {order_id} {words}. Its tracking id is {tracking_id}.",
                idempotency_key=job.key,
            )
        )
