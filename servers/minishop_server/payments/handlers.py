"""Payments over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.payments import PaymentInput

from ..kit.health import livez, readyz
from ..kit.reply import Reply
from ..kit.values import amount, cents
from .domain import PAYMENTS, Payments

__all__ = ["get_payment", "livez", "process_payment", "readyz"]


async def process_payment(payments: Payments, body: PaymentInput) -> Reply:
    """Charge an order."""
    payment, new = await payments.process(body.order_id, cents(body.amount), body.method.value, body.payment_token)
    payment_id = PAYMENTS.id(payment["id"])
    return Reply(
        {
            "payment_id": payment_id,
            "status": payment["status"],
            "timestamp": payment["created_at"],
        },
        status=201 if new else 200,
        headers={"Location": f"/payments/{payment_id}"},
    )


async def get_payment(payments: Payments, payment_id: str) -> dict[str, Any]:
    """Read a payment."""
    payment = await payments.payment(payment_id)
    return {
        "payment_id": payment_id,
        "order_id": payment["order_id"],
        "amount": amount(payment["amount"]),
        "method": payment["method"],
        "status": payment["status"],
        "timestamp": payment["created_at"],
    }
