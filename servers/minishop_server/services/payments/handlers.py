"""Payments over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.payments import KnownNumbers, PaymentInput, RefundInput

from ...kit.health import livez, readyz
from ...kit.ids import OrderId, PaymentId
from ...kit.money import Cents, amount, cents
from ...kit.order_identity import identity_of
from ...kit.paging import Page
from ...kit.reply import Reply
from ...kit.tokens import Caller
from .domain import Payments
from .ids import PAYMENTS, REFUNDS
from .rows import LedgerRow, PaymentRow, State

__all__ = [
    "capture_payment",
    "compare_numbers",
    "get_payment",
    "list_ledger_entries",
    "list_payments",
    "livez",
    "process_payment",
    "readyz",
    "receive_webhook",
    "refund_payment",
    "void_order_payment",
    "void_payment",
]

STATUSES: dict[State, str] = {
    "pending": "pending",
    "authorised": "success",
    "captured": "success",
    "declined": "failure",
    "voided": "failure",
}


async def process_payment(payments: Payments, body: PaymentInput) -> Reply:
    """Charge an order."""
    payment, new = await payments.process(
        OrderId(body.order_id),
        cents(body.amount),
        body.method.value,
        body.payment_token,
        body.capture,
        identity_of(body.order_identity),
    )
    payment_id = PAYMENTS.id(payment["id"])
    return Reply(
        {
            "payment_id": payment_id,
            "status": STATUSES[payment["state"]],
            "timestamp": payment["created_at"],
            **_reason(payment),
        },
        status=201 if new else 200,
        headers={"Location": f"/payments/{payment_id}"},
    )


async def void_order_payment(payments: Payments, order_id: str, order_identity: str | None = None) -> dict[str, Any]:
    """Let an order hold no money."""
    payment = await payments.void_order(OrderId(order_id), identity_of(order_identity))
    return {"order_id": order_id, "state": payment["state"]}


async def list_payments(
    payments: Payments, limit: int, cursor: str | None = None, order_id: str | None = None
) -> Reply:
    """List payments."""
    page = Page("/payments", limit, cursor, {"order_id": order_id})
    rows = await payments.payments(page.fetch, page.after_row, None if order_id is None else OrderId(order_id))
    return Reply([_payment(row) for row in rows[:limit]], headers=page.link(rows))


async def list_ledger_entries(payments: Payments, limit: int, cursor: str | None = None) -> Reply:
    """List what moved."""
    page = Page("/payments/ledger", limit, cursor)
    rows = await payments.ledger(page.fetch, page.after_row)
    return Reply([_entry(row) for row in rows[:limit]], headers=page.link(rows))


async def get_payment(payments: Payments, payment_id: str) -> dict[str, Any]:
    """Read a payment."""
    return _payment(await payments.payment(PaymentId(payment_id)))


async def capture_payment(payments: Payments, payment_id: str) -> dict[str, Any]:
    """Take the money that is held."""
    return _payment(await payments.capture(PaymentId(payment_id)))


async def void_payment(payments: Payments, caller: Caller, payment_id: str) -> dict[str, Any]:
    """Take a payment back."""
    return _payment(await payments.void(caller, PaymentId(payment_id)))


async def refund_payment(
    payments: Payments, caller: Caller, payment_id: str, idempotency_key: str, body: RefundInput
) -> Reply:
    """Give money back."""
    refund, replayed = await payments.give_back(
        caller,
        PaymentId(payment_id),
        idempotency_key,
        cents(body.amount),
        body.reason,
        identity_of(body.order_identity),
    )
    return Reply(
        {
            "refund_id": REFUNDS.id(refund["id"]),
            "payment_id": payment_id,
            "amount": amount(refund["amount"]),
            **({} if refund["reason"] is None else {"reason": refund["reason"]}),
            "timestamp": refund["created_at"],
        },
        status=201,
        headers={"Location": f"/payments/{payment_id}", **({"Idempotent-Replayed": "true"} if replayed else {})},
    )


async def receive_webhook(
    payments: Payments, provider: str, body: dict[str, Any], raw_body: bytes, stripe_signature: str = ""
) -> dict[str, Any]:
    """Receive an event of the provider."""
    return {"status": await payments.receive_event(provider, raw_body, stripe_signature, body)}


async def compare_numbers(payments: Payments, body: KnownNumbers) -> dict[str, int]:
    """Compare the numbers of payments."""
    return {"orders": await payments.compare_numbers(body.highest)}


def _payment(payment: PaymentRow) -> dict[str, Any]:
    return {
        "payment_id": PAYMENTS.id(payment["id"]),
        "order_id": payment["order_id"],
        **({} if payment["order_identity"] is None else {"order_identity": payment["order_identity"]}),
        "amount": amount(payment["amount"]),
        "method": payment["method"],
        "status": STATUSES[payment["state"]],
        "state": payment["state"],
        "captured": amount(Cents(payment["captured"] or 0)),
        "refunded": amount(payment["refunded"]),
        **_reason(payment),
        "timestamp": payment["created_at"],
    }


def _reason(payment: PaymentRow) -> dict[str, str]:
    if payment["state"] == "voided":
        return {"reason": "voided"}
    return {} if payment["reason"] is None else {"reason": payment["reason"]}


def _entry(entry: LedgerRow) -> dict[str, Any]:
    return {
        "id": entry["id"],
        "payment_id": PAYMENTS.id(entry["payment_id"]),
        "order_id": entry["order_id"],
        "kind": entry["kind"],
        "amount": amount(entry["amount"]),
        "timestamp": entry["created_at"],
    }
