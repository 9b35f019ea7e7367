# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.payment_method import PaymentMethod, check_payment_method
from ..models.payment_status import PaymentStatus, check_payment_status

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
    """ Whether the money was taken. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """

    def to_dict(self) -> dict[str, Any]:
        payment_id = self.payment_id

        order_id = self.order_id

        amount = self.amount

        method: str = self.method

        status: str = self.status

        timestamp = self.timestamp.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "payment_id": payment_id,
                "order_id": order_id,
                "amount": amount,
                "method": method,
                "status": status,
                "timestamp": timestamp,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        payment_id = d.pop("payment_id")

        order_id = d.pop("order_id")

        amount = d.pop("amount")

        method = check_payment_method(d.pop("method"))

        status = check_payment_status(d.pop("status"))

        timestamp = datetime.datetime.fromisoformat(d.pop("timestamp"))

        payment = cls(
            payment_id=payment_id,
            order_id=order_id,
            amount=amount,
            method=method,
            status=status,
            timestamp=timestamp,
        )

        return payment
