"""The rules of Payments: one charge for an order, whatever is repeated."""

from __future__ import annotations

from ..kit.database import Row
from ..kit.problems import Conflict, NotFound
from ..kit.values import Numbering
from .provider import Provider
from .store import Store

PAYMENTS = Numbering("PAY", 555)


class OtherPayment(Conflict):
    """The order has a payment of another amount or method."""

    code, title = "payment_differs", "The order has another payment"


class Payments:
    """Charges, in cents."""

    def __init__(self, store: Store, provider: Provider) -> None:
        self.database = store.database
        self._store = store
        self._provider = provider

    async def process(self, order_id: str, amount: int, method: str, token: str | None) -> tuple[Row, bool]:
        """The payment of the order, `success` or `failure`, and whether this call made it.

        Raises:
            OtherPayment: the order was to be paid otherwise before.
        """
        payment, new = await self._store.open(order_id, amount, method)
        if (payment["amount"], payment["method"]) != (amount, method):
            raise OtherPayment("Its amount or its method is another one.")
        if payment["status"] == "pending":
            key = PAYMENTS.id(payment["id"])
            approved = await self._provider.charge(key, amount, method, token)
            payment = await self._store.settle(payment["id"], "success" if approved else "failure")
        return payment, new

    async def payment(self, payment_id: str) -> Row:
        """A payment.

        Raises:
            NotFound: there is none of that number.
        """
        payment = await self._store.payment(PAYMENTS.row(payment_id))
        if payment is None:
            raise NotFound(f"There is no payment {payment_id}.")
        return payment
