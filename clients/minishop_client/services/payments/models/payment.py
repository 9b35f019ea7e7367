# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.payment_method import PaymentMethod, check_payment_method
from ..models.payment_state import PaymentState, check_payment_state
from ..models.payment_status import PaymentStatus, check_payment_status
from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="Payment")


@_attrs_define
class Payment:
    """A payment on record."""

    payment_id: str
    """ The number of a payment. """
    order_id: str
    """ The number of an order. """
    amount: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    method: PaymentMethod
    """ How the shopper pays. """
    status: PaymentStatus
    """ Whether the money was taken; `pending` until that is known. """
    state: PaymentState
    """ Where a payment stands. `pending`: not decided, or not known. `authorised`: the money is held. `captured`:
    it was taken; `refunded` tells how much of it went back. `declined`: the provider said no. `voided`: it was
    taken back, and holds nothing for ever. """
    captured: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    refunded: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """
    reason: str | Unset = UNSET
    """ Why it failed: `voided`, or the provider's decline code, such as `card_declined` or `insufficient_funds`.
    """

    def to_dict(self) -> dict[str, Any]:
        payment_id = self.payment_id

        order_id = self.order_id

        amount = number(self.amount)

        method: str = self.method

        status: str = self.status

        state: str = self.state

        captured = number(self.captured)

        refunded = number(self.refunded)

        timestamp = self.timestamp.isoformat()

        order_identity = self.order_identity

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "payment_id": payment_id,
                "order_id": order_id,
                "amount": amount,
                "method": method,
                "status": status,
                "state": state,
                "captured": captured,
                "refunded": refunded,
                "timestamp": timestamp,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        payment_id = required(d, "payment_id")

        order_id = required(d, "order_id")

        amount = required(d, "amount")

        method = check_payment_method(required(d, "method"))

        status = check_payment_status(required(d, "status"))

        state = check_payment_state(required(d, "state"))

        captured = required(d, "captured")

        refunded = required(d, "refunded")

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        order_identity = optional(d, "order_identity")

        reason = optional(d, "reason")

        payment = cls(
            payment_id=payment_id,
            order_id=order_id,
            amount=amount,
            method=method,
            status=status,
            state=state,
            captured=captured,
            refunded=refunded,
            timestamp=timestamp,
            order_identity=order_identity,
            reason=reason,
        )

        return payment
