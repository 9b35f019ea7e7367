"""The rows of Orders, and the values of a new order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypedDict

from ...kit.clock import Timestamp
from ...kit.ids import OrderId, OrderIdentity, OrderNumber, PaymentId, ProductId, TrackingId, UserId
from ...kit.money import Cents

PaymentMethod = Literal["credit_card", "paypal", "bank_transfer"]
Status = Literal[
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
]
Step = Literal[
    "placed",
    "paid",
    "payment_failed",
    "cancelled",
    "confirmed",
    "shipped",
    "delivered",
    "return_requested",
    "returned",
    "money_returned",
    "partly_refunded",
    "refunded",
]
Claim = Literal["none", "claimed", "taken"]
"""The claim of an order on the cart: its pieces are `claimed` there, or were `taken` out."""


class OrderRow(TypedDict):
    """An order."""

    id: OrderNumber
    identity: OrderIdentity
    user_id: UserId
    status: Status
    total: Cents
    refunded: Cents
    payment_method: PaymentMethod
    payment_token: str | None
    address: str
    carrier: str
    email: str
    idempotency_key: str | None
    turn: int | None
    cart: Claim
    request_hash: str
    payment_id: PaymentId | None
    tracking_id: TrackingId | None
    reason: str | None
    cancelled_by: str | None
    created_at: Timestamp
    updated_at: Timestamp


class OrderChanges(TypedDict, total=False):
    """The columns that a move may change beside the status."""

    refunded: Cents
    cart: Claim
    payment_id: PaymentId
    tracking_id: TrackingId
    reason: str | None
    cancelled_by: str


class LineRow(TypedDict):
    """Pieces of one product in an order."""

    order_id: OrderNumber
    product_id: ProductId
    quantity: int
    name: str
    price: Cents
    returning_now: int
    returned: int


OrderWithLines = tuple[OrderRow, list[LineRow]]


class EventRow(TypedDict):
    """A step of an order."""

    id: int
    step: Step
    actor: str
    request_id: str
    created_at: Timestamp


class ClaimRow(TypedDict):
    """Pieces that an order claims in the cart, beside the turn of the newest order and the order of a key."""

    turn: int
    keyed: OrderIdentity | None
    identity: OrderIdentity | None
    product_id: ProductId | None
    quantity: int | None


class KeyRow(TypedDict):
    """The key of a piece of work."""

    key: OrderId


class HighestNumbers(TypedDict):
    """The highest numbers of other services that orders name, 0 for none."""

    users: int
    products: int
    payments: int
    shipments: int


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of one product, each at this price."""

    product_id: ProductId
    quantity: int
    name: str
    price: Cents


class Claims(NamedTuple):
    """Pieces by product that each of a shopper's orders claims in the cart, and the turn of the newest order."""

    turn: int
    orders: Mapping[OrderIdentity, Counter[ProductId]]
    """By identity, the oldest first."""
    keyed: OrderIdentity | None
    """The order of the key that was asked for."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """The values of a new order."""

    identity: OrderIdentity
    user_id: UserId
    total: Cents
    payment_method: str
    payment_token: str | None
    address: str
    carrier: str
    email: str
    idempotency_key: str | None
    turn: int
    request_hash: str
    lines: Sequence[Line]
