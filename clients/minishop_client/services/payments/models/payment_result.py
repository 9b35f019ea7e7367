# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.payment_status import PaymentStatus, check_payment_status
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="PaymentResult")


@_attrs_define
class PaymentResult:
    """What came of it."""

    payment_id: str
    """ The number of a payment. """
    status: PaymentStatus
    """ Whether the money was taken; `pending` until that is known. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    reason: str | Unset = UNSET
    """ Why it failed: `voided`, or the provider's decline code, such as `card_declined` or `insufficient_funds`.
    """

    def to_dict(self) -> dict[str, Any]:
        payment_id = self.payment_id

        status: str = self.status

        timestamp = self.timestamp.isoformat()

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "payment_id": payment_id,
                "status": status,
                "timestamp": timestamp,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        payment_id = required(d, "payment_id")

        status = check_payment_status(required(d, "status"))

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        reason = optional(d, "reason")

        payment_result = cls(
            payment_id=payment_id,
            status=status,
            timestamp=timestamp,
            reason=reason,
        )

        return payment_result
