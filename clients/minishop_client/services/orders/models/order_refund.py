# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="OrderRefund")


@_attrs_define
class OrderRefund:
    """A refund that was promised."""

    order_id: str
    """ The number of an order. """
    amount: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    reason: str | Unset = UNSET
    """ Why, in words. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        amount = number(self.amount)

        created_at = self.created_at.isoformat()

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "amount": amount,
                "created_at": created_at,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        amount = required(d, "amount")

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        reason = optional(d, "reason")

        order_refund = cls(
            order_id=order_id,
            amount=amount,
            created_at=created_at,
            reason=reason,
        )

        return order_refund
