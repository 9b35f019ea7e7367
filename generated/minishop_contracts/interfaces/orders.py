# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Orders."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from ..answers import common
from ..answers import orders as answers
from ..models import orders as models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def checkout(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.Checkout,
        idempotency_key: str = ...,
    ) -> answers.CheckoutResult | Reply[answers.CheckoutResult]:
        """Buy the contents of your cart."""
        ...

    async def list_orders(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        limit: int,
        cursor: str = ...,
        status: Literal[
            "pending",
            "paid",
            "payment_failed",
            "cancelled",
            "shipped",
            "delivered",
            "return_requested",
            "returned",
            "partly_refunded",
            "refunded",
        ] = ...,
    ) -> list[answers.Order] | Reply[list[answers.Order]]:
        """List your orders."""
        ...

    async def list_order_books(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.OrderBook] | Reply[list[answers.OrderBook]]:
        """List the records that orders require."""
        ...

    async def list_work(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ..., parked: bool
    ) -> list[answers.Work] | Reply[list[answers.Work]]:
        """List pending work."""
        ...

    async def resume_work(
        self, domain: Domain, /, *, caller: Caller, work_id: int
    ) -> answers.Work | Reply[answers.Work]:
        """Try work again at once."""
        ...

    async def get_order(
        self, domain: Domain, /, *, caller: Caller, order_id: str
    ) -> answers.Order | Reply[answers.Order]:
        """Read an order."""
        ...

    async def list_order_events(
        self, domain: Domain, /, *, caller: Caller, order_id: str, limit: int, cursor: str = ...
    ) -> list[answers.OrderEvent] | Reply[list[answers.OrderEvent]]:
        """List the timeline of an order."""
        ...

    async def cancel_order(
        self, domain: Domain, /, *, caller: Caller, order_id: str
    ) -> answers.Order | Reply[answers.Order]:
        """Cancel an order."""
        ...

    async def refund_order(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.RefundRequest,
        order_id: str,
        idempotency_key: str = ...,
    ) -> answers.OrderRefund | Reply[answers.OrderRefund]:
        """Refund an order."""
        ...

    async def request_return(
        self, domain: Domain, /, *, caller: Caller, body: models.ReturnRequest, order_id: str
    ) -> answers.Order | Reply[answers.Order]:
        """Request a return."""
        ...

    async def accept_return(
        self, domain: Domain, /, *, caller: Caller, order_id: str
    ) -> answers.Order | Reply[answers.Order]:
        """Accept a return."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...
