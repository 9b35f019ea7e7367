# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of payments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Self

from attrs import field, frozen
from minishop_client.services.shared import (
    Health,
    HealthStatus,
    KnownNumbers,
    NumbersSeen,
    PaymentMethod,
)
from minishop_client.values import (
    UNSET,
    Unset,
    money,
    number,
    optional,
    required,
)

__all__ = (
    "FinalState",
    "Health",
    "HealthStatus",
    "KnownNumbers",
    "LedgerEntry",
    "LedgerKind",
    "NumbersSeen",
    "Payment",
    "PaymentInput",
    "PaymentMethod",
    "PaymentProvider",
    "PaymentResult",
    "PaymentState",
    "PaymentStatus",
    "Refund",
    "RefundInput",
    "VoidResult",
    "WebhookData",
    "WebhookEvent",
    "WebhookObject",
    "WebhookOutcome",
    "WebhookReceipt",
)

PaymentStatus = Literal["failure", "pending", "success"]

PaymentState = Literal["authorised", "captured", "declined", "pending", "voided"]

FinalState = Literal["declined", "voided"]

LedgerKind = Literal["authorise", "capture", "refund", "void"]

PaymentProvider = Literal["sandbox", "stripe"]

WebhookOutcome = Literal["accepted", "ignored", "replayed"]


@frozen
class PaymentInput:
    """The amount to charge and the payment method."""

    order_id: str
    """The number of an order."""
    amount: Decimal = field(converter=money)
    """An amount with two decimals."""
    method: PaymentMethod
    """The payment method."""
    order_identity: str | Unset = UNSET
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""
    payment_token: str | Unset = field(default=UNSET, repr=False)
    """The token that the payment provider gave the shopper's browser for a card. The sandbox knows
    these and declines any other: `tok_approved`, `tok_slow` (approved after a pause),
    `tok_needs_action` and `tok_late_webhook` (approved later, reported by a webhook),
    `tok_timeout_after_charge` (charged, but the first response is lost), `tok_answers_twice`
    (approved, and reported again by two equal webhooks), `tok_declined` and
    `tok_insufficient_funds`. Stripe accepts its own: `tok_…` and `pm_…`."""
    capture: bool | Unset = True
    """Capture the amount at once. Otherwise it is only held, for a later capture."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "amount": number(self.amount),
            "method": self.method,
        }
        if not isinstance(self.order_identity, Unset):
            data["order_identity"] = self.order_identity
        if not isinstance(self.payment_token, Unset):
            data["payment_token"] = self.payment_token
        if not isinstance(self.capture, Unset):
            data["capture"] = self.capture
        return data


@frozen
class PaymentResult:
    """The outcome of the payment."""

    payment_id: str
    """The number of a payment."""
    status: PaymentStatus
    """Whether the amount was taken; `pending` until that is known."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""
    reason: str | None = None
    """The reason of a failure: `voided`, or the provider's decline code, for example `card_declined`
    or `insufficient_funds`."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "payment_id": self.payment_id,
            "status": self.status,
            "timestamp": self.timestamp.isoformat(),
        }
        if self.reason is not None:
            data["reason"] = self.reason
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            payment_id=required(data, "payment_id"),
            status=required(data, "status"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
            reason=optional(data, "reason"),
        )


@frozen
class Payment:
    """A stored payment."""

    payment_id: str
    """The number of a payment."""
    order_id: str
    """The number of an order."""
    amount: Decimal = field(converter=money)
    """An amount with two decimals."""
    method: PaymentMethod
    """The payment method."""
    status: PaymentStatus
    """Whether the amount was taken; `pending` until that is known."""
    state: PaymentState
    """The state of a payment. `pending`: undecided or unknown. `authorised`: the amount is held.
    `captured`: the amount was taken; `refunded` is the part that was returned. `declined`: the
    provider declined it. `voided`: it was cancelled and holds no money permanently."""
    captured: Decimal = field(converter=money)
    """An amount with two decimals."""
    refunded: Decimal = field(converter=money)
    """An amount with two decimals."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""
    order_identity: str | None = None
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""
    reason: str | None = None
    """The reason of a failure: `voided`, or the provider's decline code, for example `card_declined`
    or `insufficient_funds`."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "payment_id": self.payment_id,
            "order_id": self.order_id,
            "amount": number(self.amount),
            "method": self.method,
            "status": self.status,
            "state": self.state,
            "captured": number(self.captured),
            "refunded": number(self.refunded),
            "timestamp": self.timestamp.isoformat(),
        }
        if self.order_identity is not None:
            data["order_identity"] = self.order_identity
        if self.reason is not None:
            data["reason"] = self.reason
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            payment_id=required(data, "payment_id"),
            order_id=required(data, "order_id"),
            amount=required(data, "amount"),
            method=required(data, "method"),
            status=required(data, "status"),
            state=required(data, "state"),
            captured=required(data, "captured"),
            refunded=required(data, "refunded"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
            order_identity=optional(data, "order_identity"),
            reason=optional(data, "reason"),
        )


@frozen
class VoidResult:
    """The final state of the payment of an order."""

    order_id: str
    """The number of an order."""
    state: FinalState
    """A state in which an order holds no money permanently."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "order_id": self.order_id,
            "state": self.state,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            order_id=required(data, "order_id"),
            state=required(data, "state"),
        )


@frozen
class RefundInput:
    """The amount to refund."""

    amount: Decimal = field(converter=money)
    """An amount above 0 with two decimals."""
    reason: str | Unset = UNSET
    """The reason in one word."""
    order_identity: str | Unset = UNSET
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "amount": number(self.amount),
        }
        if not isinstance(self.reason, Unset):
            data["reason"] = self.reason
        if not isinstance(self.order_identity, Unset):
            data["order_identity"] = self.order_identity
        return data


@frozen
class Refund:
    """A refund of a payment."""

    refund_id: str
    """The number of a refund."""
    payment_id: str
    """The number of a payment."""
    amount: Decimal = field(converter=money)
    """An amount with two decimals."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""
    reason: str | None = None
    """The reason in one word."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "refund_id": self.refund_id,
            "payment_id": self.payment_id,
            "amount": number(self.amount),
            "timestamp": self.timestamp.isoformat(),
        }
        if self.reason is not None:
            data["reason"] = self.reason
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            refund_id=required(data, "refund_id"),
            payment_id=required(data, "payment_id"),
            amount=required(data, "amount"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
            reason=optional(data, "reason"),
        )


@frozen
class LedgerEntry:
    """One movement of money."""

    id: int
    """The number of the entry."""
    payment_id: str
    """The number of a payment."""
    order_id: str
    """The number of an order."""
    kind: LedgerKind
    """The kind of movement. `authorise`: an amount was held. `void`: a held amount was released.
    `capture`: an amount was taken. `refund`: an amount was returned."""
    amount: Decimal = field(converter=money)
    """An amount with two decimals."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "id": self.id,
            "payment_id": self.payment_id,
            "order_id": self.order_id,
            "kind": self.kind,
            "amount": number(self.amount),
            "timestamp": self.timestamp.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            id=required(data, "id"),
            payment_id=required(data, "payment_id"),
            order_id=required(data, "order_id"),
            kind=required(data, "kind"),
            amount=required(data, "amount"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
        )


@frozen
class WebhookEvent:
    """An event in the form of Stripe. The provider may add fields."""

    id: str
    """The id of the event."""
    type_: str
    """The kind of event."""
    data: WebhookData
    """The object of the event."""
    additional_properties: Mapping[str, Any] = field(factory=dict, hash=False)
    """Other fields of the object."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            **self.additional_properties,
            "id": self.id,
            "type": self.type_,
            "data": self.data.to_dict(),
        }


@frozen
class WebhookData:
    """The object of the event."""

    object_: WebhookObject
    """An object of the provider; `metadata.payment` names the payment that it belongs to."""
    additional_properties: Mapping[str, Any] = field(factory=dict, hash=False)
    """Other fields of the object."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            **self.additional_properties,
            "object": self.object_.to_dict(),
        }


@frozen
class WebhookObject:
    """An object of the provider; `metadata.payment` names the payment that it belongs to."""

    additional_properties: Mapping[str, Any] = field(factory=dict, hash=False)
    """Other fields of the object."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            **self.additional_properties,
        }


@frozen
class WebhookReceipt:
    """The receipt of an event."""

    status: WebhookOutcome
    """The effect of the event. `accepted`: it had one. `replayed`: it was received before. `ignored`:
    it concerns no payment of this shop."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "status": self.status,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            status=required(data, "status"),
        )
