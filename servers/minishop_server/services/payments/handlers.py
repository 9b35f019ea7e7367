"""Payments over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from minishop_contracts.answers import payments as answers
from minishop_contracts.answers.common import NumbersSeen
from minishop_contracts.models import payments as models
from minishop_contracts.models.common import KnownNumbers
from minishop_contracts.reply import Reply

from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.idempotency import replay_header
from ...kit.ids import OrderId, PaymentId
from ...kit.money import Cents, amount, cents
from ...kit.order_identity import identity_of
from ...kit.paging import Page
from ...kit.tokens import Caller
from .domain import Payments
from .ids import PAYMENTS, REFUNDS
from .rows import LedgerRow, PaymentRow, State

if TYPE_CHECKING:
    from minishop_contracts.interfaces.payments import Handlers

    from . import handlers

    _: Handlers[Payments, Caller] = handlers

STATUSES: Mapping[State, answers.PaymentStatus] = {
    "pending": "pending",
    "authorised": "success",
    "captured": "success",
    "declined": "failure",
    "voided": "failure",
}


async def process_payment(
    payments: Payments, caller: Caller, body: models.PaymentInput
) -> Reply[answers.PaymentResult]:
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
    answer: answers.PaymentResult = {
        "payment_id": payment_id,
        "status": STATUSES[payment["state"]],
        "timestamp": payment["created_at"],
    }
    reason = _reason(payment)
    if reason is not None:
        answer["reason"] = reason
    return Reply(answer, status=201 if new else 200, headers={"Location": f"/payments/{payment_id}"})


async def void_order_payment(
    payments: Payments, caller: Caller, order_id: str, order_identity: str | None = None
) -> answers.VoidResult:
    """Void the payment of an order."""
    payment = await payments.void_order(OrderId(order_id), identity_of(order_identity))
    return {"order_id": order_id, "state": cast("answers.FinalState", payment["state"])}  # it holds no money


async def list_payments(
    payments: Payments, caller: Caller, limit: int, cursor: str | None = None, order_id: str | None = None
) -> Reply[list[answers.Payment]]:
    """List payments."""
    page = Page("/payments", limit, cursor, {"order_id": order_id})
    rows = await payments.payments(page.fetch, page.after_row, None if order_id is None else OrderId(order_id))
    return Reply([_payment(row) for row in rows[:limit]], headers=page.link(rows))


async def list_ledger_entries(
    payments: Payments, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.LedgerEntry]]:
    """List the movements of money."""
    page = Page("/payments/ledger", limit, cursor)
    rows = await payments.ledger(page.fetch, page.after_row)
    return Reply([_entry(row) for row in rows[:limit]], headers=page.link(rows))


async def get_payment(payments: Payments, caller: Caller, payment_id: str) -> answers.Payment:
    """Read a payment."""
    return _payment(await payments.payment(PaymentId(payment_id)))


async def capture_payment(payments: Payments, caller: Caller, payment_id: str) -> answers.Payment:
    """Capture the held amount."""
    return _payment(await payments.capture(PaymentId(payment_id)))


async def void_payment(payments: Payments, caller: Caller, payment_id: str) -> answers.Payment:
    """Void a payment."""
    return _payment(await payments.void(caller, PaymentId(payment_id)))


async def refund_payment(
    payments: Payments, caller: Caller, payment_id: str, idempotency_key: str, body: models.RefundInput
) -> Reply[answers.Refund]:
    """Refund a payment."""
    refund, replayed = await payments.give_back(
        caller,
        PaymentId(payment_id),
        idempotency_key,
        cents(body.amount),
        body.reason,
        identity_of(body.order_identity),
    )
    answer: answers.Refund = {
        "refund_id": REFUNDS.id(refund["id"]),
        "payment_id": payment_id,
        "amount": amount(refund["amount"]),
        "timestamp": refund["created_at"],
    }
    if refund["reason"] is not None:
        answer["reason"] = refund["reason"]
    return Reply(
        answer,
        status=201,
        headers={"Location": f"/payments/{payment_id}", **replay_header(replayed)},
    )


async def receive_webhook(
    payments: Payments, provider: str, body: models.WebhookEvent, raw_body: bytes, stripe_signature: str = ""
) -> answers.WebhookReceipt:
    """Receive a webhook of the payment provider."""
    status = await payments.receive_event(provider, raw_body, stripe_signature, body.id, _payment_key(body))
    return {"status": status}


async def compare_numbers(payments: Payments, caller: Caller, body: KnownNumbers) -> NumbersSeen:
    """Compare the numbers of payments."""
    return {"orders": await payments.compare_numbers(body.highest)}


def _payment_key(event: models.WebhookEvent) -> str | None:
    """The key of a charge, if the object of the event has one in its metadata."""
    fields: Mapping[str, object] | None = event.data.object.model_extra
    match fields:
        case {"metadata": {"payment": str(key)}}:
            return key
    return None


def _payment(payment: PaymentRow) -> answers.Payment:
    answer: answers.Payment = {
        "payment_id": PAYMENTS.id(payment["id"]),
        "order_id": payment["order_id"],
        "amount": amount(payment["amount"]),
        "method": payment["method"],
        "status": STATUSES[payment["state"]],
        "state": payment["state"],
        "captured": amount(Cents(payment["captured"] or 0)),
        "refunded": amount(payment["refunded"]),
        "timestamp": payment["created_at"],
    }
    if payment["order_identity"] is not None:
        answer["order_identity"] = payment["order_identity"]
    reason = _reason(payment)
    if reason is not None:
        answer["reason"] = reason
    return answer


def _reason(payment: PaymentRow) -> str | None:
    return "voided" if payment["state"] == "voided" else payment["reason"]


def _entry(entry: LedgerRow) -> answers.LedgerEntry:
    return {
        "id": entry["id"],
        "payment_id": PAYMENTS.id(entry["payment_id"]),
        "order_id": entry["order_id"],
        "kind": entry["kind"],
        "amount": amount(entry["amount"]),
        "timestamp": entry["created_at"],
    }
