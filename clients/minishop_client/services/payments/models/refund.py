# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Refund")


@_attrs_define
class Refund:
    """Money that was given back."""

    refund_id: str
    """ The number of a refund. """
    payment_id: str
    """ The number of a payment. """
    amount: float
    """ An amount with two decimals. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    reason: str | Unset = UNSET
    """ Why, in a word. """

    def to_dict(self) -> dict[str, Any]:
        refund_id = self.refund_id

        payment_id = self.payment_id

        amount = self.amount

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
        refund_id = d.pop("refund_id")

        payment_id = d.pop("payment_id")

        amount = d.pop("amount")

        timestamp = datetime.datetime.fromisoformat(d.pop("timestamp"))

        reason = d.pop("reason", UNSET)

        refund = cls(
            refund_id=refund_id,
            payment_id=payment_id,
            amount=amount,
            timestamp=timestamp,
            reason=reason,
        )

        return refund
