# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Payments."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from ..answers import common
from ..answers import payments as answers
from ..models import common as common_models
from ..models import payments as models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def process_payment(
        self, domain: Domain, /, *, caller: Caller, body: models.PaymentInput
    ) -> answers.PaymentResult | Reply[answers.PaymentResult]:
        """Charge an order."""
        ...

    async def void_order_payment(
        self, domain: Domain, /, *, caller: Caller, order_id: str, order_identity: str = ...
    ) -> answers.VoidResult | Reply[answers.VoidResult]:
        """Void the payment of an order."""
        ...

    async def list_payments(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        limit: int,
        cursor: str = ...,
        order_id: str = ...,
    ) -> list[answers.Payment] | Reply[list[answers.Payment]]:
        """List payments."""
        ...

    async def list_ledger_entries(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.LedgerEntry] | Reply[list[answers.LedgerEntry]]:
        """List the movements of money."""
        ...

    async def get_payment(
        self, domain: Domain, /, *, caller: Caller, payment_id: str
    ) -> answers.Payment | Reply[answers.Payment]:
        """Read a payment."""
        ...

    async def capture_payment(
        self, domain: Domain, /, *, caller: Caller, payment_id: str
    ) -> answers.Payment | Reply[answers.Payment]:
        """Capture the held amount."""
        ...

    async def void_payment(
        self, domain: Domain, /, *, caller: Caller, payment_id: str
    ) -> answers.Payment | Reply[answers.Payment]:
        """Void a payment."""
        ...

    async def refund_payment(
        self,
        domain: Domain,
        /,
        *,
        caller: Caller,
        body: models.RefundInput,
        payment_id: str,
        idempotency_key: str,
    ) -> answers.Refund | Reply[answers.Refund]:
        """Refund a payment."""
        ...

    async def receive_webhook(
        self,
        domain: Domain,
        /,
        *,
        body: models.WebhookEvent,
        raw_body: bytes,
        provider: Literal["sandbox", "stripe"],
        stripe_signature: str = ...,
    ) -> answers.WebhookReceipt | Reply[answers.WebhookReceipt]:
        """Receive a webhook of the payment provider."""
        ...

    async def compare_numbers(
        self, domain: Domain, /, *, caller: Caller, body: common_models.KnownNumbers
    ) -> common.NumbersSeen | Reply[common.NumbersSeen]:
        """Compare the numbers of payments."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...
