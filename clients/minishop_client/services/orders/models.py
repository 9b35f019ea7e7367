# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Self

from attrs import field, frozen
from minishop_client.services.shared import Health, HealthStatus, PaymentMethod
from minishop_client.values import (
    UNSET,
    Unset,
    many,
    money,
    number,
    optional,
    optional_money,
    required,
)

__all__ = (
    "BookedLine",
    "Checkout",
    "CheckoutResult",
    "Health",
    "HealthStatus",
    "Order",
    "OrderAction",
    "OrderBook",
    "OrderEvent",
    "OrderLine",
    "OrderRefund",
    "OrderStatus",
    "OrderStep",
    "PaymentMethod",
    "RefundRequest",
    "ReturnLine",
    "ReturnRequest",
    "Work",
    "WorkKind",
)

OrderStatus = Literal[
    "cancelled",
    "delivered",
    "paid",
    "partly_refunded",
    "payment_failed",
    "pending",
    "refunded",
    "return_requested",
    "returned",
    "shipped",
]

OrderAction = Literal["accept_return", "cancel_order", "refund_order", "request_return"]

OrderStep = Literal[
    "cancelled",
    "confirmed",
    "delivered",
    "money_returned",
    "paid",
    "partly_refunded",
    "payment_failed",
    "placed",
    "refunded",
    "return_requested",
    "returned",
    "shipped",
]

WorkKind = Literal["checkout", "clear_cart", "commit_stock", "notify", "refund", "ship", "undo"]


@frozen
class Checkout:
    """The payment and the delivery of a checkout."""

    user_id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    payment_method: PaymentMethod
    """The payment method."""
    payment_token: str | Unset = field(default=UNSET, repr=False)
    """The token that the payment provider gave the shopper's browser for a card. The sandbox knows
    these and declines any other: `tok_approved`, `tok_slow` (approved after a pause),
    `tok_needs_action` and `tok_late_webhook` (approved later, reported by a webhook),
    `tok_timeout_after_charge` (charged, but the first response is lost), `tok_answers_twice`
    (approved, and reported again by two equal webhooks), `tok_declined` and
    `tok_insufficient_funds`. Stripe accepts its own: `tok_…` and `pm_…`."""
    address: str | Unset = field(default=UNSET, repr=False)
    """A postal address on one or several lines that is not blank."""
    carrier: str | Unset = UNSET
    """The carrier of the parcel."""
    expected_total: Decimal | Unset = field(default=UNSET, converter=optional_money)
    """The total that the caller agrees to pay. If the cart now costs another amount, the response is
    409. Without it, the prices that the cart displayed last apply."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "user_id": self.user_id,
            "payment_method": self.payment_method,
        }
        if not isinstance(self.payment_token, Unset):
            data["payment_token"] = self.payment_token
        if not isinstance(self.address, Unset):
            data["address"] = self.address
        if not isinstance(self.carrier, Unset):
            data["carrier"] = self.carrier
        if not isinstance(self.expected_total, Unset):
            data["expected_total"] = number(self.expected_total)
        return data


@frozen
class CheckoutResult:
    """The created order. Its status is `paid`, or `pending` if the outcome is not known yet."""

    order_id: str
    """The number of an order."""
    status: OrderStatus
    """`pending` until the payment is decided; `payment_failed` after a decline; `cancelled` if the
    stock was short or the order was cancelled; `paid`, `shipped`, `delivered`; `return_requested`
    and `returned`; `partly_refunded` and `refunded` after a refund."""
    total: Decimal = field(converter=money)
    """An amount with two decimals."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "order_id": self.order_id,
            "status": self.status,
            "total": number(self.total),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            order_id=required(data, "order_id"),
            status=required(data, "status"),
            total=required(data, "total"),
        )


@frozen
class OrderLine:
    """Pieces of one product, with the name and the price at the time of the purchase."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The number of pieces."""
    name: str
    """The name of the product."""
    price: Decimal = field(converter=money)
    """The price of one piece, with two decimals."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
            "name": self.name,
            "price": number(self.price),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            product_id=required(data, "product_id"),
            quantity=required(data, "quantity"),
            name=required(data, "name"),
            price=required(data, "price"),
        )


@frozen
class Order:
    """An order. `payment_id` and `tracking_id` are present after they are known, and `reason` if the
    purchase failed. `refunded` is the sum of all refunds, including those that are in progress."""

    order_id: str
    """The number of an order."""
    identity: str
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""
    user_id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    status: OrderStatus
    """`pending` until the payment is decided; `payment_failed` after a decline; `cancelled` if the
    stock was short or the order was cancelled; `paid`, `shipped`, `delivered`; `return_requested`
    and `returned`; `partly_refunded` and `refunded` after a refund."""
    total: Decimal = field(converter=money)
    """An amount with two decimals."""
    refunded: Decimal = field(converter=money)
    """An amount with two decimals."""
    lines: tuple[OrderLine, ...]
    """The products and quantities bought."""
    payment_method: PaymentMethod
    """The payment method."""
    address: str = field(repr=False)
    """A postal address that was accepted once, on one or several lines."""
    carrier: str
    """The carrier of the parcel."""
    allowed_actions: tuple[OrderAction, ...]
    """The actions that the caller may take now."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    updated_at: datetime
    """RFC 3339, in UTC, to the second."""
    payment_id: str | None = None
    """The number of a payment."""
    tracking_id: str | None = None
    """The tracking number of a parcel."""
    reason: str | None = None
    """The reason in words."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "identity": self.identity,
            "user_id": self.user_id,
            "status": self.status,
            "total": number(self.total),
            "refunded": number(self.refunded),
            "lines": [item.to_dict() for item in self.lines],
            "payment_method": self.payment_method,
            "address": self.address,
            "carrier": self.carrier,
            "allowed_actions": list(self.allowed_actions),
            "created_at": self.created_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
        }
        if self.payment_id is not None:
            data["payment_id"] = self.payment_id
        if self.tracking_id is not None:
            data["tracking_id"] = self.tracking_id
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
            order_id=required(data, "order_id"),
            identity=required(data, "identity"),
            user_id=required(data, "user_id"),
            status=required(data, "status"),
            total=required(data, "total"),
            refunded=required(data, "refunded"),
            lines=required(data, "lines", many(OrderLine.from_dict)),
            payment_method=required(data, "payment_method"),
            address=required(data, "address"),
            carrier=required(data, "carrier"),
            allowed_actions=required(data, "allowed_actions", tuple),
            created_at=required(data, "created_at", datetime.fromisoformat),
            updated_at=required(data, "updated_at", datetime.fromisoformat),
            payment_id=optional(data, "payment_id"),
            tracking_id=optional(data, "tracking_id"),
            reason=optional(data, "reason"),
        )


@frozen
class OrderEvent:
    """A step in the timeline of an order."""

    step: OrderStep
    """`placed`, or the state that the order entered. `confirmed` after the customer was notified,
    `money_returned` for each refund."""
    actor: str
    """The user or service that took the step, as in the `sub` of a token."""
    request_id: str
    """The id of one request."""
    timestamp: datetime
    """RFC 3339, in UTC, to the second."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "step": self.step,
            "actor": self.actor,
            "request_id": self.request_id,
            "timestamp": self.timestamp.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            step=required(data, "step"),
            actor=required(data, "actor"),
            request_id=required(data, "request_id"),
            timestamp=required(data, "timestamp", datetime.fromisoformat),
        )


@frozen
class RefundRequest:
    """The refund, of at most the remaining part of the total."""

    amount: Decimal = field(converter=money)
    """An amount above 0 with two decimals."""
    reason: str | Unset = UNSET
    """The reason in words."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "amount": number(self.amount),
        }
        if not isinstance(self.reason, Unset):
            data["reason"] = self.reason
        return data


@frozen
class OrderRefund:
    """An accepted refund."""

    order_id: str
    """The number of an order."""
    amount: Decimal = field(converter=money)
    """An amount with two decimals."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    reason: str | None = None
    """The reason in words."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "amount": number(self.amount),
            "created_at": self.created_at.isoformat(),
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
            order_id=required(data, "order_id"),
            amount=required(data, "amount"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            reason=optional(data, "reason"),
        )


@frozen
class ReturnRequest:
    """The pieces to return. Without `lines`, all pieces that are left."""

    lines: tuple[ReturnLine, ...] | Unset = UNSET
    """Pieces of each product."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {}
        if not isinstance(self.lines, Unset):
            data["lines"] = [item.to_dict() for item in self.lines]
        return data


@frozen
class ReturnLine:
    """Pieces of one product to return."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The number of pieces."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
        }


@frozen
class BookedLine:
    """Pieces of one product."""

    product_id: int
    """The number of a product."""
    quantity: int
    """The number of pieces."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "product_id": self.product_id,
            "quantity": self.quantity,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            product_id=required(data, "product_id"),
            quantity=required(data, "quantity"),
        )


@frozen
class OrderBook:
    """The records that the other services must have for an order."""

    order_id: str
    """The number of an order."""
    identity: str
    """The random identity of an order. After a restore of the database, the number of an order may be
    given to another order, but never its identity. A request about an order of another identity is
    refused (409 `other_order`)."""
    user_id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    status: OrderStatus
    """`pending` until the payment is decided; `payment_failed` after a decline; `cancelled` if the
    stock was short or the order was cancelled; `paid`, `shipped`, `delivered`; `return_requested`
    and `returned`; `partly_refunded` and `refunded` after a refund."""
    owed: Decimal = field(converter=money)
    """The amount that Payments must have captured for it, less refunds."""
    lines: tuple[BookedLine, ...]
    """The products and quantities bought."""
    holds_stock: bool
    """Catalog must count its lines as sold."""
    must_ship: bool
    """Shipping must have a shipment."""
    must_tell: bool
    """Notifications must have a confirmation."""
    left_cart: bool
    """Cart must count its lines as bought."""
    open_work: bool
    """Some work for the order is not finished. Until then, the records of the services may differ."""
    updated_at: datetime
    """RFC 3339, in UTC, to the second."""
    payment_id: str | None = None
    """The number of a payment."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "order_id": self.order_id,
            "identity": self.identity,
            "user_id": self.user_id,
            "status": self.status,
            "owed": number(self.owed),
            "lines": [item.to_dict() for item in self.lines],
            "holds_stock": self.holds_stock,
            "must_ship": self.must_ship,
            "must_tell": self.must_tell,
            "left_cart": self.left_cart,
            "open_work": self.open_work,
            "updated_at": self.updated_at.isoformat(),
        }
        if self.payment_id is not None:
            data["payment_id"] = self.payment_id
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            order_id=required(data, "order_id"),
            identity=required(data, "identity"),
            user_id=required(data, "user_id"),
            status=required(data, "status"),
            owed=required(data, "owed"),
            lines=required(data, "lines", many(BookedLine.from_dict)),
            holds_stock=required(data, "holds_stock"),
            must_ship=required(data, "must_ship"),
            must_tell=required(data, "must_tell"),
            left_cart=required(data, "left_cart"),
            open_work=required(data, "open_work"),
            updated_at=required(data, "updated_at", datetime.fromisoformat),
            payment_id=optional(data, "payment_id"),
        )


@frozen
class Work:
    """Pending work for an order."""

    work_id: int
    """The number of the work."""
    kind: WorkKind
    """A kind of work."""
    order_id: str
    """The number of an order."""
    attempts: int
    """The number of attempts."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    error: str | None = None
    """The reason why the last attempt failed."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "work_id": self.work_id,
            "kind": self.kind,
            "order_id": self.order_id,
            "attempts": self.attempts,
            "created_at": self.created_at.isoformat(),
        }
        if self.error is not None:
            data["error"] = self.error
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            work_id=required(data, "work_id"),
            kind=required(data, "kind"),
            order_id=required(data, "order_id"),
            attempts=required(data, "attempts"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            error=optional(data, "error"),
        )
