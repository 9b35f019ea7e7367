# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="Refund")


@_attrs_define
class Refund:
    """Money that was given back."""

    refund_id: str
    """ The number of a refund. """
    payment_id: str
    """ The number of a payment. """
    amount: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    reason: str | Unset = UNSET
    """ Why, in a word. """

    def to_dict(self) -> dict[str, Any]:
        refund_id = self.refund_id

        payment_id = self.payment_id

        amount = number(self.amount)

        timestamp = self.timestamp.isoformat()

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "refund_id": refund_id,
                "payment_id": payment_id,
                "amount": amount,
                "timestamp": timestamp,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        refund_id = required(d, "refund_id")

        payment_id = required(d, "payment_id")

        amount = required(d, "amount")

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        reason = optional(d, "reason")

        refund = cls(
            refund_id=refund_id,
            payment_id=payment_id,
            amount=amount,
            timestamp=timestamp,
            reason=reason,
        )

        return refund
