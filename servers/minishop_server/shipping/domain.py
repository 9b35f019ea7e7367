"""The rules of Shipping: parcels move forward, and every move is told."""

from __future__ import annotations

import structlog

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.logging import trace
from ..kit.peers import Peers, ask
from ..kit.problems import Conflict, NotFound, Unavailable
from ..kit.values import Numbering
from .store import Store

SHIPMENTS = Numbering("SHIP", 888)
MOVES = {
    "in_transit": {"out_for_delivery", "exception"},
    "out_for_delivery": {"delivered", "exception"},
    "exception": {"out_for_delivery", "returned"},
    "delivered": set(),
    "returned": set(),
}
"""From each state to the next ones; a parcel that was delivered or came back moves no more."""
WORDS = {
    "in_transit": "is on its way",
    "out_for_delivery": "is out for delivery",
    "delivered": "has been delivered",
    "exception": "has been held up",
    "returned": "is on its way back to us",
}


class NotForward(Conflict):
    """The shipment cannot move there from where it is."""

    code, title = "not_forward", "A shipment moves forward only"


class Shipping:
    """Shipments."""

    def __init__(self, store: Store, peers: Peers) -> None:
        self.database = store.database
        self._store = store
        self._peers = peers

    async def create(
        self, order_id: str, address: str, carrier: str, user_id: int | None, recipient: str | None
    ) -> tuple[Row, bool]:
        """The shipment of the order, and whether this call made it."""
        return await self._store.open(order_id, address, carrier, user_id, recipient)

    async def shipment(self, caller: Caller, order_id: str) -> Row:
        """A shipment that the caller may see.

        Raises:
            NotFound: there is none, or it is another customer's.
        """
        shipment = await self._store.shipment(order_id)
        if shipment is None or not caller.may_see(shipment["user_id"]):
            raise NotFound(f"Nothing was sent for order {order_id}.")
        return shipment

    async def move(self, caller: Caller, order_id: str, status: str) -> Row:
        """The shipment, moved on; the customer is told. Where it is there already, nothing happens.

        Raises:
            NotFound: there is none.
            NotForward: it cannot go there from where it is.
        """
        before = [state for state, following in MOVES.items() if status in following]
        moved = await self._store.move(order_id, status, before) if before else None
        if moved is None:
            shipment = await self.shipment(caller, order_id)
            if shipment["status"] != status:
                raise NotForward(f"It is {shipment['status']}, from where it cannot go to {status}.")
            return shipment
        try:
            await self._tell(moved)
        except Unavailable:
            structlog.get_logger().warning("customer_to_be_told_later", order=order_id)
        return moved

    async def catch_up(self) -> None:
        """Tell customers of the last move that they do not know of yet."""
        for shipment in await self._store.untold():
            try:
                await self._tell(shipment)
            except Exception as error:  # what one customer cannot be told does not hold up the others
                order_id = shipment["order_id"]
                structlog.get_logger().error("customer_not_told", order=order_id, exception=trace(error))

    async def _tell(self, shipment: Row) -> None:
        order_id, moves = shipment["order_id"], shipment["moves"]
        if shipment["recipient"] is not None:
            tracking_id = SHIPMENTS.id(shipment["id"])
            words = WORDS[shipment["status"]]
            await ask(
                self._peers.as_itself().notifications.send_notification(
                    recipient=shipment["recipient"],
                    subject=f"Your order {order_id} {words}",
                    body=f"Your order {order_id} {words}. Its tracking id is {tracking_id}.",
                    idempotency_key=f"{tracking_id}.{moves}",
                )
            )
        await self._store.told(order_id, moves)
