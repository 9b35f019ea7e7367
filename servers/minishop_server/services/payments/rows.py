"""The rows of Payments."""

from __future__ import annotations

from typing import Literal, TypedDict, TypeGuard

from ...kit.clock import Timestamp
from ...kit.ids import OrderId, OrderIdentity
from ...kit.money import Cents
from .ids import PaymentNumber, RefundNumber

State = Literal["pending", "authorised", "captured", "declined", "voided"]
Method = Literal["credit_card", "paypal", "bank_transfer"]
Kind = Literal["authorise", "capture", "void", "refund"]


class PaymentColumns(TypedDict):
    """The columns that a payment has in common with the mark of an order that was voided first."""

    id: PaymentNumber
    order_id: OrderId
    order_identity: OrderIdentity | None
    capture: int
    """1 if the money is taken at once, or a capture was requested."""
    state: State
    reason: str | None
    reference: str | None
    """The provider's name for the payment."""
    captured: Cents | None
    promised: Cents
    """The sum of all refunds, of which `refunded` is confirmed."""
    refunded: Cents
    created_at: Timestamp


class PaymentRow(PaymentColumns):
    """A payment."""

    amount: Cents
    method: Method


class PaymentOrMarkRow(PaymentColumns):
    """A payment, or the mark of an order that was voided before it was charged."""

    amount: Cents | None
    method: Method | None


class RefundRow(TypedDict):
    """A refund that was promised."""

    id: RefundNumber
    payment_id: PaymentNumber
    idempotency_key: str
    provider_key: str
    """The end of the key under which the provider makes the refund once."""
    amount: Cents
    reason: str | None
    done: int
    created_at: Timestamp


class LedgerRow(TypedDict):
    """An entry of the ledger, with the order of its payment."""

    id: int
    payment_id: PaymentNumber
    order_id: OrderId
    kind: Kind
    amount: Cents
    created_at: Timestamp


def is_payment(row: PaymentOrMarkRow) -> TypeGuard[PaymentRow]:
    """Whether it is not a mark."""
    return row["method"] is not None
