# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.payment_method import PaymentMethod, check_payment_method
from ..models.payment_state import PaymentState, check_payment_state
from ..models.payment_status import PaymentStatus, check_payment_status
from ..types import UNSET, Unset

T = TypeVar("T", bound="Payment")


@_attrs_define
class Payment:
    """A payment on record."""

    payment_id: str
    """ The number of a payment. """
    order_id: str
    """ The number of an order. """
    amount: float
    """ An amount with two decimals. """
    method: PaymentMethod
    """ How the shopper pays. """
    status: PaymentStatus
    """ Whether the money was taken; `pending` until that is known. """
    state: PaymentState
    """ Where a payment stands. `pending`: not decided, or not known. `authorised`: the money is held. `captured`:
    it was taken; `refunded` tells how much of it went back. `declined`: the provider said no. `voided`: it was
    taken back, and holds nothing for ever. """
    captured: float
    """ An amount with two decimals. """
    refunded: float
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

        amount = self.amount

        method: str = self.method

        status: str = self.status

        state: str = self.state

        captured = self.captured

        refunded = self.refunded

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
        payment_id = d.pop("payment_id")

        order_id = d.pop("order_id")

        amount = d.pop("amount")

        method = check_payment_method(d.pop("method"))

        status = check_payment_status(d.pop("status"))

        state = check_payment_state(d.pop("state"))

        captured = d.pop("captured")

        refunded = d.pop("refunded")

        timestamp = datetime.datetime.fromisoformat(d.pop("timestamp"))

        order_identity = d.pop("order_identity", UNSET)

        reason = d.pop("reason", UNSET)

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
