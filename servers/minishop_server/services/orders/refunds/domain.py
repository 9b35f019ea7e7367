"""The rules of money that goes back, and of pieces that do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

from ....kit.idempotency import digest, require_same
from ....kit.ids import OrderId, ProductId
from ....kit.money import Cents
from ....kit.outbox import Outbox
from ....kit.problems import Conflict, FieldError
from ....kit.tokens import Caller
from .. import errors
from ..rows import OrderWithLines
from ..state_machine import MOVES, is_returnable
from ..store import Store as OrderStore
from .store import RefundRow, Store


class Refunds:
    """Refunds and returns of orders.

    Args:
        order: an order that the caller may see, with its lines, or NotFound.
    """

    def __init__(
        self,
        orders: OrderStore,
        work: Outbox,
        order: Callable[[Caller, OrderId], Awaitable[OrderWithLines]],
    ) -> None:
        self._store = Store(orders.database)
        self._orders = orders
        self._outbox = work
        self._order = order

    async def refund(
        self, caller: Caller, order_id: OrderId, amount: Cents, reason: str | None, key: str | None
    ) -> tuple[RefundRow, bool]:
        """The refund that was promised, and whether an earlier request made it.

        Raises:
            NotFound, ActionNotAllowed, RefundTooLarge: there is no such order, it is not delivered, or has not so much
                left.
            KeyReused: the key is that of another refund.
        """
        order, _ = await self._order(caller, order_id)
        request_hash = digest(amount, reason)
        refund = await self._store.of_key(order["id"], key) if key else None
        replayed = refund is not None
        if refund is None:
            try:
                async with self._outbox.transaction() as connection:
                    refund = await self._store.book(
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
                refund, replayed = await self._store.of_key(order["id"], key), True
        if refund is None:
            order, _ = await self._order(caller, order_id)
            if order["status"] not in MOVES["refund"].before:
                raise errors.ActionNotAllowed(f"It is {order['status']}.")
            error = FieldError("body", "/amount", "too_large", "is more than is left")
            raise errors.RefundTooLarge("Give back less.", errors=[error])
        require_same(refund["request_hash"], request_hash, "refund")
        return refund, replayed

    async def request_return(
        self, caller: Caller, order_id: OrderId, lines: Iterable[tuple[ProductId, int]] | None
    ) -> OrderWithLines:
        """The order with a return of these pieces (product, quantity) requested; None for all pieces left.

        Raises:
            NotFound: there is none, or it is another customer's.
            ActionNotAllowed: it was not delivered, or has no money left to give back.
            NotToReturn: it has not so many pieces left.
        """
        wanted: Counter[ProductId] | None = None if lines is None else Counter()
        for product_id, quantity in lines or ():
            assert wanted is not None
            wanted[product_id] += quantity
        order, _ = await self._order(caller, order_id)
        if not is_returnable(order):
            raise errors.ActionNotAllowed("All its money was given back.")
        async with self._outbox.transaction() as connection:
            moved = await self._orders.move(connection, order["id"], "request_return", caller.subject)
            if moved is None:
                raise errors.ActionNotAllowed("Only delivered items can be returned, and only once.")
            if not await self._store.take_back(connection, order["id"], wanted):
                error = FieldError("body", "/lines", "too_many", "are more than is left")
                raise errors.NotToReturn("Return fewer items.", errors=[error])
        return moved, await self._orders.lines_of(order["id"])

    async def accept_return(self, caller: Caller, order_id: OrderId) -> OrderWithLines:
        """The order, which was sent back. The price of its pieces is given back.

        Raises:
            NotFound, ActionNotAllowed: there is no such order, or its owner did not ask.
        """
        order, _ = await self._order(caller, order_id)
        async with self._outbox.transaction() as connection:
            moved = await self._orders.move(connection, order["id"], "accept_return", caller.subject)
            if moved is not None:
                cost = await self._store.taken_back(connection, order["id"])
                refund = Cents(min(cost, moved["total"] - moved["refunded"]))
                if refund:
                    await self._store.book(
                        connection, order["id"], refund, states=(moved["status"],), reason="Returned"
                    )
                connection.add("refund", order_id)
        order, lines = await self._order(caller, order_id)
        if moved is None and not any(line["returned"] for line in lines):
            raise errors.ActionNotAllowed(f"It is {order['status']}.")
        return order, lines
